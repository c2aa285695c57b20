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

    /// <summary>A refusal told in the form of 'no information': nothing on the wire tells the two apart.</summary>
    public bool Unrevealing { get; init; }

    /// <summary>A part of the answer: the rest follows, and the clock runs on.</summary>
    public bool More { get; init; }

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

    public Safeguards Safeguards { get; init; } = new();

    /// <summary>Why it should go although a second person must be asked: for them, never on the wire.</summary>
    public string? ApprovalReason { get; init; }

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>What the partner is told.</summary>
    public Outcome Told => Outcome == Outcome.Refused && Unrevealing ? Outcome.NoInformation : Outcome;

    /// <summary>Only a part can be followed by the rest.</summary>
    public bool IsPart => More && Outcome == Outcome.Partial;

    public bool GivesInformation => Outcome is Outcome.Provided or Outcome.Partial;
}
