using Entente.Node.Features.Exchange.Rounds;
using Entente.Node.Features.Links;
using Entente.Node.Features.Record;
using Entente.Node.Guard;
using Entente.Node.Profiles;

namespace Entente.Node.Features.Exchange.Pages;

/// <summary>Everything the compose page shows.</summary>
public sealed record ComposeView
{
    public required RequestDraft Draft { get; init; }
    public required Link Link { get; init; }
    public LegalProfile? Profile { get; init; }
    public required MarkingScheme Scheme { get; init; }
    public required IReadOnlyList<BasisChoice> Bases { get; init; }
    public required IReadOnlyList<CommitmentChoice> Commitments { get; init; }

    /// <summary>The law a message to that state must satisfy beyond what was agreed.</summary>
    public SenderLaw? Law { get; init; }

    /// <summary>What is passed on, in its own words.</summary>
    public string? Forwarded { get; init; }
    public IReadOnlyList<DraftFile> Files { get; init; } = [];
    public IReadOnlyList<ExchangeError> Errors { get; init; } = [];
    public Decision? Decision { get; init; }

    /// <summary>Who else may be warned by the same form.</summary>
    public IReadOnlyList<AlsoWarned> Also { get; init; } = [];

    /// <summary>What the guard says to each partner of an alert that goes to several.</summary>
    public IReadOnlyList<RoundDraft> Judged { get; init; } = [];
    public int SubjectRows { get; init; } = 1;

    public string Unit => Draft.To.Split('@')[0];
}
