namespace Entente.Node.Verification;

/// <summary>A row of `envelope` as the checks read it.</summary>
internal sealed class EnvelopeRow
{
    public string Partner { get; init; } = "";
    public string Direction { get; init; } = "";
    public long First { get; init; }
    public long Count { get; init; }
    public string Sha256 { get; init; } = "";
    public string Prev { get; init; } = "";
    public string Root { get; init; } = "";
    public string Batch { get; init; } = "";
    public byte[]? Jwe { get; init; }
    public string State { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public string? Receipt { get; init; }
    public DateTimeOffset? ReceiptAt { get; init; }
    public long? TreeSize { get; init; }
    public string? TreeRoot { get; init; }

    public bool Sent => Direction == "out";

    public string Place => $"envelope {Partner} {Direction} {First}";
}

/// <summary>A row of `envelope_entry`.</summary>
internal sealed class EntryRow
{
    public long Seq { get; init; }
    public string Id { get; init; } = "";
    public string Sha256 { get; init; } = "";
    public string MerkleLeaf { get; init; } = "";
    public string Status { get; init; } = "";
    public string? Reason { get; init; }
    public long? Leaf { get; init; }

    /// <summary>Object and hash of the ledger leaf it names, for what was received.</summary>
    public string? LeafObject { get; init; }
    public string? LeafHash { get; init; }
    public string? LeafWhy { get; init; }

    /// <summary>Whether its message's row is there, and the receipt's time as officers are shown it.</summary>
    public bool HasMessage { get; init; }
    public DateTimeOffset? Delivered { get; init; }
}
