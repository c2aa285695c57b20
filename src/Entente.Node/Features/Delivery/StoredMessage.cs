using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

public enum MessageDirection
{
    Out,
    In,
}

/// <summary>Where a message stands.</summary>
public enum MessageState
{
    /// <summary>Ours, durable here, not yet given its place in the sequence.</summary>
    Queued,

    /// <summary>Ours, sealed into an envelope; the same bytes are sent until the receipt.</summary>
    Sealed,

    /// <summary>Ours, and durable with the partner: its receipt is here.</summary>
    Delivered,

    /// <summary>Ours; the partner's receipt says that it does not take it, and why.</summary>
    Rejected,

    /// <summary>The partner's, durable here.</summary>
    Received,
}

/// <summary>What may be known of a message without opening it.</summary>
public sealed record StoredMessage
{
    public required string Id { get; init; }

    /// <summary>The other node.</summary>
    public required string Partner { get; init; }
    public required MessageDirection Direction { get; init; }

    /// <summary>Null until it is sealed.</summary>
    public long? Seq { get; init; }
    public required string Kind { get; init; }
    public required string CaseId { get; init; }
    public string? ReplyTo { get; init; }
    public required string FromUnit { get; init; }
    public required string ToUnit { get; init; }

    /// <summary>When its author sent it, by the author's clock.</summary>
    public required DateTimeOffset Sent { get; init; }

    /// <summary>When this node took it in hand: queued or received, by our clock. Lists are ordered by it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>0 is the most urgent.</summary>
    public required int Priority { get; init; }
    public required MessageState State { get; init; }
    public required DateTimeOffset StateAt { get; init; }

    /// <summary>Why it was rejected, in the wire's words.</summary>
    public string? Reason { get; init; }

    /// <summary>The receipt's time: the same on both sides, and where legal clocks start.</summary>
    public DateTimeOffset? Delivered { get; init; }
    public required int ClassificationRank { get; init; }

    /// <summary>Codes joined by commas.</summary>
    public required string Handling { get; init; }

    /// <summary>SHA-256 of the line, base64url.</summary>
    public required string LineSha256 { get; init; }

    /// <summary>Our ledger's leaf for the disclosure or the reception.</summary>
    public required long Leaf { get; init; }
}

/// <summary>A message with its content. <paramref name="Line"/> is the very bytes that are signed.</summary>
public sealed record OpenedMessage(StoredMessage Stored, Message Message, byte[] Line);
