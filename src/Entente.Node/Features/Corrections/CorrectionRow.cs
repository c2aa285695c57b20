namespace Entente.Node.Features.Corrections;

/// <summary>One thing to be erased or put right, as it stands at this node.</summary>
public sealed record CorrectionRow
{
    public required string Id { get; init; }
    public required string Matter { get; init; }

    /// <summary>`out`: begun here; `in`: a partner told us.</summary>
    public required string Direction { get; init; }
    public required string Partner { get; init; }
    public required string MessageId { get; init; }
    public required string CaseId { get; init; }
    public required string Unit { get; init; }
    public required string Action { get; init; }
    public required string Ground { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>`begun`, or `waiting`, `erased`, `rectified`, `refused`.</summary>
    public required string State { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? DecidedBy { get; init; }
    public long? Leaf { get; init; }

    /// <summary>Of the words of one that was begun here with words.</summary>
    public string? DataKey { get; init; }
    public byte[]? Sealed { get; init; }

    public bool Waits => State == "waiting";

    internal const string Columns = """
        c.id, c.matter, c.direction, c.partner, c.message_id, c.case_id, c.unit, c.action, c.ground, c.at, c.deadline,
        c.state, c.decided_at, c.decided_by, c.leaf
        """;
}

/// <summary>Somebody whom we told.</summary>
public sealed record NoticeRow
{
    public required string Id { get; init; }
    public required string CorrectionId { get; init; }
    public required string Partner { get; init; }
    public required string MessageId { get; init; }
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>`held`, `sent`, `delivered`, `rejected`, `erased`, `rectified`, `refused`.</summary>
    public required string State { get; init; }
    public required DateTimeOffset StateAt { get; init; }
    public string? Ground { get; init; }
    public string? AnswerId { get; init; }
    public long? Leaf { get; init; }

    public bool Answered => State is "erased" or "rectified" or "refused";

    public bool OverdueAt(DateTimeOffset now) => !Answered && Deadline < now;
}

/// <summary>What a partner told us of a node it told in turn.</summary>
public sealed record ReportRow
{
    public required string NoticeId { get; init; }
    public required string Node { get; init; }
    public required string State { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>Something made here of what turned out to be wrong.</summary>
public sealed record TraceRow
{
    public required string CorrectionId { get; init; }
    public required string Kind { get; init; }

    /// <summary>As in the ledger: `message:0192…`, `case:…`, `ledger:17`.</summary>
    public required string Item { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? DoneAt { get; init; }
    public string? DoneBy { get; init; }
}
