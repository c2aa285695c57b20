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
    public const string Answered = "answered";

    public static readonly IReadOnlyList<string> All = [Sent, Delivered, Rejected, Received, Seen, Taken, Answered];
}

/// <summary>A request or an information as the lists and the legal clock know it, without its content.</summary>
public sealed record RequestRow
{
    public required string Id { get; init; }
    public required string CaseId { get; init; }

    /// <summary>`request` or `information`.</summary>
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

    public bool Incoming => Direction == "in";

    public bool OverdueAt(DateTimeOffset now) => Open && Due < now;

    internal const string Columns = """
        r.id, r.case_id, r.kind, r.direction, r.partner, r.country, r.unit, r.partner_unit, r.domain, r.urgency,
        r.profile_id, r.profile_version, r.rank, r.author, r.forwards, r.sent, r.received, r.due, r.sort_at, r.state,
        r.open, r.reason, r.seen_at, r.taken_at, r.taken_by, r.answered_at, r.answer_id, r.outcome, r.ground
        """;
}
