namespace Entente.Node.Features.Rights;

/// <summary>What somebody asked about their own data, without their name.</summary>
public sealed record RightsRequest
{
    public const string Access = "access";
    public const string Rectification = "rectification";
    public const string Restriction = "restriction";
    public const string Erasure = "erasure";

    public static readonly IReadOnlyList<string> Kinds = [Access, Rectification, Restriction, Erasure];

    public const string Open = "open";

    /// <summary>A second person is to approve the letter.</summary>
    public const string Waiting = "waiting";

    /// <summary>Approved and carried out; the letter may go.</summary>
    public const string Ready = "ready";
    public const string Sent = "sent";

    public required string Id { get; init; }
    public required string Kind { get; init; }

    /// <summary>Of the letter.</summary>
    public required string Language { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required string RecordedBy { get; init; }
    public required string State { get; init; }
    public string? Approval { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Before then a letter that tells nothing does not go.</summary>
    public DateTimeOffset? ReleaseAt { get; init; }

    public bool MayGoAt(DateTimeOffset now) => State == Ready && !(ReleaseAt > now);

    public string DataKey { get; init; } = "";
    public byte[] Sealed { get; init; } = [];
    public byte[] Wrapped { get; init; } = [];

    internal const string Columns = """
        q.id, q.kind, q.language, q.received_at, q.due_at, q.recorded_by, q.state, q.approval, q.decided_at, q.sent_at,
        q.release_at
        """;
}

/// <summary>Who asks and what; sealed.</summary>
public sealed record RightsFacts
{
    public string Name { get; init; } = "";
    public string Born { get; init; } = "";
    public string Address { get; init; } = "";
    public string Asked { get; init; } = "";

    /// <summary>The letter as it was approved; null until then.</summary>
    public Letter? Letter { get; init; }
}

/// <summary>A request with what is sealed of it.</summary>
public sealed record RightsFile(RightsRequest Request, RightsFacts Facts);

/// <summary>What is answered.</summary>
/// <param name="Outcome">`provided`, `done`, `none`, `refused`.</param>
/// <param name="Ground">Of an open refusal.</param>
/// <param name="Messages">Those that are communicated, or that the right is granted for.</param>
public sealed record RightsAnswer(string Outcome, string? Ground, IReadOnlyList<string> Messages)
{
    /// <summary>Data is communicated.</summary>
    public const string Provided = "provided";

    /// <summary>Rectified, restricted, erased.</summary>
    public const string Done = "done";

    /// <summary>
    /// Nothing can be communicated: there is nothing, or it may not be said whether there is. One letter for both, word for
    /// word.
    /// </summary>
    public const string None = "none";

    /// <summary>An open refusal, which reveals nothing about data.</summary>
    public const string Refused = "refused";

    public static readonly IReadOnlyList<string> Grounds = ["identity", "unfounded", "repeated"];
}
