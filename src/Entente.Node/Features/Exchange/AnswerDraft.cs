using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>An answer as an officer writes it.</summary>
public sealed record AnswerDraft
{
    /// <summary>Id of the request.</summary>
    public required string Request { get; init; }

    public Outcome Outcome { get; init; } = Outcome.Provided;

    /// <summary>Code of one of the profile's refusal grounds.</summary>
    public string? Ground { get; init; }

    public string? Text { get; init; }

    /// <summary>By the number of the question, from 1.</summary>
    public IReadOnlyDictionary<int, string> Answers { get; init; } = new Dictionary<int, string>();

    /// <summary>`A` to `X`.</summary>
    public string? Reliability { get; init; }

    /// <summary>`1` to `4`.</summary>
    public string? Accuracy { get; init; }

    public int Rank { get; init; }

    public IReadOnlyList<string> Handling { get; init; } = [];

    public string? HandlingText { get; init; }

    /// <summary>Why it should go although a second person must be asked: for them, never on the wire.</summary>
    public string? ApprovalReason { get; init; }

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    public bool GivesInformation => Outcome is Outcome.Provided or Outcome.Partial;
}
