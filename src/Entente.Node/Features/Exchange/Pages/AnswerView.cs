using Entente.Node.Guard;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange.Pages;

/// <summary>Everything the answer page shows.</summary>
public sealed record AnswerView
{
    public required AnswerDraft Draft { get; init; }
    public required Message Request { get; init; }
    public required LegalProfile Profile { get; init; }
    public required MarkingScheme Scheme { get; init; }
    public required IReadOnlyList<string> Questions { get; init; }

    /// <summary>The law a message to that state must satisfy beyond what was agreed.</summary>
    public SenderLaw? Law { get; init; }
    public IReadOnlyList<DraftFile> Files { get; init; } = [];
    public IReadOnlyList<ExchangeError> Errors { get; init; } = [];
    public Decision? Decision { get; init; }
}
