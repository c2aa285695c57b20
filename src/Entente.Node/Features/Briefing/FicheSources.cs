using Entente.Node.Features.Activities;
using Entente.Node.Features.Commitments;
using Entente.Node.Features.Record;
using Entente.Node.Features.Texts;

namespace Entente.Node.Features.Briefing;

/// <summary>What a briefing is made from, gathered before a word is written.</summary>
internal sealed record FicheSources
{
    public required string Country { get; init; }
    public required PartnerRow Partner { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<MeetingRow> Meetings { get; init; }

    /// <summary>The last one held, with all that is on record of it.</summary>
    public MeetingView? Last { get; init; }
    public required IReadOnlyList<OfficialRow> People { get; init; }
    public required IReadOnlyList<InstrumentRow> Instruments { get; init; }
    public required IReadOnlyDictionary<string, long> States { get; init; }

    /// <summary>Those neither done nor lapsed, what is late first.</summary>
    public required IReadOnlyList<CommitmentRow> Pending { get; init; }
    public required IReadOnlyDictionary<string, CommitmentStanding> Standings { get; init; }
    public required IReadOnlyList<TextRow> Texts { get; init; }
    public required ExchangeSince Exchange { get; init; }
    public required IReadOnlyList<ResultCount> Results { get; init; }
    public required ActivitiesSince Activities { get; init; }

    /// <summary>The meeting that the briefing is for; null where it is on the relation.</summary>
    public FicheMeeting? Meeting { get; init; }
    public required string Today { get; init; }

    /// <summary>It is about one of the meeting's domains, or of none that is known.</summary>
    public bool Concerns(CommitmentRow row) =>
        Meeting is not { Domains.Count: > 0 } || row.Domain is null || Meeting.Domains.Contains(row.Domain);

    public bool IsLate(CommitmentRow row) =>
        row.Due is { } due && string.CompareOrdinal(PartialDate.Last(due), Today) < 0;
}
