namespace Entente.Node.Features.Exchange;

/// <summary>Where a request stands, on both sides.</summary>
internal static class RequestState
{
    public const string Sent = "sent";
    public const string Delivered = "delivered";
    public const string Rejected = "rejected";
    public const string Received = "received";
    public const string Seen = "seen";
    public const string Taken = "taken";

    /// <summary>A part of the answer is here, the rest is announced.</summary>
    public const string Partly = "partly";
    public const string Answered = "answered";

    public static readonly IReadOnlyList<string> All =
    [
        Sent,
        Delivered,
        Rejected,
        Received,
        Seen,
        Taken,
        Partly,
        Answered,
    ];
}

/// <summary>A request, an information or an alert as the lists and the legal clock know it, without its content.</summary>
public sealed record RequestRow
{
    public required string Id { get; init; }
    public required string CaseId { get; init; }

    /// <summary>`request`, `information` or `alert`.</summary>
    public required string Kind { get; init; }

    /// <summary>`out` or `in`.</summary>
    public required string Direction { get; init; }
    public required string Partner { get; init; }
    public required string Country { get; init; }

    /// <summary>Our unit; empty where the partner addressed a unit we do not have.</summary>
    public required string Unit { get; init; }
    public required string PartnerUnit { get; init; }
    public required string Domain { get; init; }
    public required string Urgency { get; init; }
    public required string ProfileId { get; init; }
    public required string ProfileVersion { get; init; }
    public required int Rank { get; init; }
    public string? Author { get; init; }
    public string? Forwards { get; init; }
    public required DateTimeOffset Sent { get; init; }

    /// <summary>The receipt's time.</summary>
    public DateTimeOffset? Received { get; init; }
    public DateTimeOffset? Due { get; init; }
    public required DateTimeOffset SortAt { get; init; }
    public required string State { get; init; }
    public required bool Open { get; init; }
    public string? Reason { get; init; }
    public DateTimeOffset? SeenAt { get; init; }
    public DateTimeOffset? TakenAt { get; init; }
    public string? TakenBy { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public string? AnswerId { get; init; }
    public string? Outcome { get; init; }
    public string? Ground { get; init; }

    /// <summary>What its legal clock does: one of <see cref="Deadlines.ClockState"/>.</summary>
    public string Clock { get; init; } = Deadlines.ClockState.Running;

    /// <summary>Since when the clock is stopped.</summary>
    public DateTimeOffset? ClockAt { get; init; }

    /// <summary>Milliseconds of the limit that are left, while the clock is stopped.</summary>
    public long? TimeLeft { get; init; }

    /// <summary>When the asked side expects to answer, while it awaits an authorisation.</summary>
    public DateTimeOffset? Expected { get; init; }

    /// <summary>A judicial authorisation is or was awaited.</summary>
    public bool Authorised { get; init; }
    public DateTimeOffset? WarnAt { get; init; }
    public DateTimeOffset? EscalateAt { get; init; }

    /// <summary>The first part of the answer, while the rest is awaited.</summary>
    public string? PartialId { get; init; }

    public bool Incoming => Direction == "in";

    public bool OverdueAt(DateTimeOffset now) => Open && Due < now;

    internal const string Columns = """
        r.id, r.case_id, r.kind, r.direction, r.partner, r.country, r.unit, r.partner_unit, r.domain, r.urgency,
        r.profile_id, r.profile_version, r.rank, r.author, r.forwards, r.sent, r.received, r.due, r.sort_at, r.state,
        r.open, r.reason, r.seen_at, r.taken_at, r.taken_by, r.answered_at, r.answer_id, r.outcome, r.ground,
        r.clock, r.clock_at, r.time_left, r.expected, r.authorised, r.warn_at, r.escalate_at, r.partial_id
        """;
}
