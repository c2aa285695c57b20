using Entente.Protocol;

namespace Entente.Node.Verification;

/// <summary>A row of `message` with its key, its entry and its leaf, as <see cref="ContentCheck"/> reads it.</summary>
internal sealed class MessageRow
{
    public string Id { get; init; } = "";
    public string Partner { get; init; } = "";
    public string Direction { get; init; } = "";
    public long? Seq { get; init; }
    public string Kind { get; init; } = "";
    public string CaseId { get; init; } = "";
    public string? ReplyTo { get; init; }
    public string FromUnit { get; init; } = "";
    public string ToUnit { get; init; } = "";
    public DateTimeOffset Sent { get; init; }
    public string State { get; init; } = "";
    public string? Reason { get; init; }
    public long ClassificationRank { get; init; }
    public string Handling { get; init; } = "";
    public string LineSha256 { get; init; } = "";
    public string DataKey { get; init; } = "";
    public byte[] Sealed { get; init; } = [];
    public byte[]? Wrapped { get; init; }

    /// <summary>Of its place in its envelope; null while it has none.</summary>
    public string? Sha256 { get; init; }
    public string? MerkleLeaf { get; init; }
    public string? Status { get; init; }
    public string? EntryReason { get; init; }
    public string? LeafObject { get; init; }

    /// <summary>Whether the ledger has its erasure; asked only where its key is gone.</summary>
    public bool IsErased { get; init; }

    /// <summary>What officers are shown is what its envelope's entry says.</summary>
    public bool StandsAsItsEntry =>
        Reason == EntryReason
        && (Direction, Status, State)
            is
                ("out", null, "queued")
                or
                ("out", "sealed", "sealed")
                or
                ("out", "accepted", "delivered")
                or
                ("out", "rejected", "rejected")
                or
                ("in", "accepted", "received")
        && Status is null == Seq is null;

    public bool Says(Message message) =>
        (Id, Kind, CaseId, ReplyTo)
            == (message.Id.ToString(), message.Kind, message.Case.ToString(), message.ReplyTo?.ToString())
        && (FromUnit, ToUnit, Sent) == (message.From.Unit, message.To.Unit, message.Sent)
        && (Direction == "out" ? message.To : message.From).Node.ToString() == Partner
        && (ClassificationRank, Handling) == (message.Classification.Rank, string.Join(',', message.Handling))
        && (Seq ?? 0) == message.Seq;
}
