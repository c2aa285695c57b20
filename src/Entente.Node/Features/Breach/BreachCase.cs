namespace Entente.Node.Features.Breach;

/// <summary>A breach of personal data at this node, and how far it has been dealt with.</summary>
public sealed record BreachCase
{
    /// <summary>From becoming aware of it to telling the supervisory authority.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromHours(72);

    public static readonly IReadOnlyList<string> Natures = ["confidentiality", "integrity", "availability"];

    public static readonly IReadOnlyList<string> Risks = ["unlikely", "risk", "high"];

    public required string Id { get; init; }
    public required DateTimeOffset NoticedAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required string RecordedBy { get; init; }

    /// <summary>Codes of <see cref="Natures"/>, comma separated.</summary>
    public required string Nature { get; init; }

    /// <summary>A code of <see cref="Risks"/>; empty until it was assessed.</summary>
    public required string Risk { get; init; }
    public DateTimeOffset? NotifiedAt { get; init; }
    public string? NotifiedBy { get; init; }
    public DateTimeOffset? PersonsToldAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? ClosedBy { get; init; }
    public string DataKey { get; init; } = "";
    public byte[] Sealed { get; init; } = [];
    public byte[] Wrapped { get; init; } = [];

    public DateTimeOffset Due => NoticedAt + Time;

    /// <summary>Unless a risk is unlikely, the supervisory authority is told.</summary>
    public bool IsToNotify => Risk != "unlikely";

    public bool IsToTellPersons => Risk == "high";

    internal const string Columns = """
        b.id, b.noticed_at, b.recorded_at, b.recorded_by, b.nature, b.risk, b.notified_at, b.notified_by,
        b.persons_told_at, b.closed_at, b.closed_by
        """;
}

/// <summary>The words about a breach; sealed.</summary>
public sealed record BreachFacts
{
    public string What { get; init; } = "";
    public string Persons { get; init; } = "";
    public string Consequences { get; init; } = "";
    public string Measures { get; init; } = "";
    public string Contact { get; init; } = "";

    /// <summary>Why the supervisory authority was told after the time.</summary>
    public string LateReason { get; init; } = "";

    /// <summary>What the supervisory authority calls it.</summary>
    public string Reference { get; init; } = "";
}

/// <summary>What a notice says of a breach, on both sides, in codes.</summary>
public sealed record BreachNoticeRow
{
    public required string MessageId { get; init; }

    /// <summary>`out` or `in`.</summary>
    public required string Direction { get; init; }
    public required string Partner { get; init; }

    /// <summary>The sender's number.</summary>
    public required string BreachId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset NoticedAt { get; init; }
    public required string Nature { get; init; }
    public required string Messages { get; init; }

    /// <summary>Ours: the approval that it waits for, or waited for.</summary>
    public string? Approval { get; init; }

    /// <summary>Ours: `waiting`, `sent`, `told`, `rejected`, `refused`.</summary>
    public string State { get; init; } = "";

    /// <summary>Ours: when the partner acknowledged it.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>Another is to be sent in its place.</summary>
    public bool IsVoid => State is "rejected" or "refused";

    public int Count => Messages.Split(',', StringSplitOptions.RemoveEmptyEntries).Length;
}

/// <summary>A breach with its words, what it concerns and whom we told.</summary>
public sealed record BreachFile(
    BreachCase Breach,
    BreachFacts Facts,
    IReadOnlyList<AffectedMessage> Affected,
    IReadOnlyList<BreachNoticeRow> Notices
)
{
    /// <summary>The partners concerned.</summary>
    public IReadOnlyList<string> Partners =>
        [.. Affected.Select(one => one.Partner).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The last notice to a partner.</summary>
    public BreachNoticeRow? NoticeTo(string partner) => Notices.LastOrDefault(notice => notice.Partner == partner);

    /// <summary>Those to whom no notice is on its way or waits.</summary>
    public IReadOnlyList<string> Unwritten =>
        [.. Partners.Where(partner => NoticeTo(partner) is null or { IsVoid: true })];

    /// <summary>Those who have not acknowledged a notice.</summary>
    public IReadOnlyList<string> Untold => [.. Partners.Where(partner => NoticeTo(partner)?.State != "told")];
}

public sealed record AffectedMessage
{
    public required string MessageId { get; init; }
    public required string Partner { get; init; }
}
