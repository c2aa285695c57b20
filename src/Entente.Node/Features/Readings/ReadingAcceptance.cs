using Entente.Node.Features.Record;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Readings;

/// <summary>Enters accepted drafts in the record.</summary>
internal sealed class ReadingAcceptance(
    Database database,
    LedgerLog ledger,
    TimeProvider clock,
    RecordDesk record,
    Recorder recorder
)
{
    /// <summary>
    /// Enters the draft in the record. Accepting twice changes nothing and gives the same meeting.
    /// </summary>
    /// <param name="choice">Which meeting on record it tells of, or that it is a new one, or to let the node see.</param>
    public Task<Acceptance> AcceptAsync(DraftSeen seen, MeetingChoice choice, CancellationToken cancellation) =>
        database.WriteAsync(
            async t =>
            {
                var reading = await ReadingStore.FindAsync(t, seen.Reading, cancellation);
                if (ReadingReview.Refuse(reading, seen) is { } refusal)
                {
                    return reading?.Row.State == ReadingStates.Accepted
                        ? new Acceptance(reading.Row.Meeting, null)
                        : new Acceptance(null, refusal);
                }

                var encounter = DraftEncounter.Of(reading!); // Refuse has said no where there is none.
                var partners = recorder.Partners(encounter.Countries);
                if (encounter.Kind == "none" || partners.Count == 0)
                {
                    return new Acceptance(null, ReadingRefusal.NotAnEncounter);
                }

                // Claimed first: whoever else accepts the same draft now waits, then finds it accepted.
                var row = reading!.Row with
                {
                    State = ReadingStates.Accepted,
                    DecidedAt = clock.GetUtcNow(),
                    DecidedBy = seen.Actor,
                };
                if (!await ReadingStore.SaveAsync(t, row, reading.Draft, cancellation))
                {
                    return new Acceptance(null, ReadingRefusal.Changed);
                }

                var meeting = await record.WithinAsync(
                    t,
                    seen.Actor,
                    async entry =>
                    {
                        await Recorder.OpenPartnersAsync(entry, partners, cancellation);
                        var same = await SameMeeting.FindAsync(t, encounter, partners, cancellation);
                        var chosen = choice.From(same);
                        return await recorder.EnterAsync(entry, encounter, chosen, cancellation);
                    },
                    cancellation
                );
                var entered = row with { Version = row.Version + 1, Meeting = meeting };
                await ReadingStore.SaveAsync(t, entered, reading.Draft, cancellation);
                var leaf = new LedgerEvent(seen.Actor, LedgerAction.Decide, $"reading:{seen.Reading}", "accepted");
                await ledger.AppendAsync(t, leaf, cancellation);
                return new Acceptance(meeting, null);
            },
            cancellation
        );

    /// <summary>Enters several drafts as sources of one meeting.</summary>
    /// <param name="meeting">The meeting under which a text of the same encounter is on record; null where none is: then the
    /// first is entered as it would be alone, and the others under its meeting.</param>
    public async Task<Acceptance> AcceptTogetherAsync(
        IReadOnlyList<DraftSeen> seen,
        string? meeting,
        CancellationToken cancellation
    )
    {
        foreach (var one in seen)
        {
            var choice = meeting is null ? MeetingChoice.Likeliest : MeetingChoice.Under(meeting);
            var accepted = await AcceptAsync(one, choice, cancellation);
            if (accepted.Refusal is not null)
            {
                return accepted;
            }

            meeting ??= accepted.Meeting;
        }

        return new Acceptance(meeting, null);
    }

    /// <summary>The meetings on record that this draft may tell of, the likeliest first.</summary>
    public Task<IReadOnlyList<string>> SameMeetingsAsync(ReadingText reading, CancellationToken cancellation)
    {
        var encounter = DraftEncounter.Of(reading);
        var partners = recorder.Partners(encounter.Countries);
        return database.WriteAsync(t => SameMeeting.FindAsync(t, encounter, partners, cancellation), cancellation);
    }
}

/// <param name="Meeting">The meeting now on record.</param>
internal sealed record Acceptance(string? Meeting, ReadingRefusal? Refusal);

/// <summary>Which meeting a draft is to be entered under.</summary>
internal sealed record MeetingChoice(bool New, string? Meeting)
{
    /// <summary>The likeliest one on record, else a new one.</summary>
    public static readonly MeetingChoice Likeliest = new(false, null);

    public static readonly MeetingChoice Another = new(true, null);

    /// <summary>This one, which another source of the same encounter has just been entered under.</summary>
    public static MeetingChoice Under(string meeting) => new(false, meeting) { Sure = true };

    private bool Sure { get; init; }

    /// <summary>Only a meeting that fits can be chosen: the page offers no other.</summary>
    public string? From(IReadOnlyList<string> same) =>
        New ? null
        : Sure ? Meeting
        : Meeting is null ? (same.Count > 0 ? same[0] : null)
        : same.FirstOrDefault(id => id == Meeting);
}
