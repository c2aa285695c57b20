namespace Entente.Faults.Checking;

/// <summary>A leaf as it lies in the database.</summary>
internal sealed record LeafRow(
    long Index,
    long At,
    string Actor,
    string Action,
    string Object,
    string Why,
    string? Hash,
    string? Link,
    string Json
);

internal sealed record NodeHashRow(long Level, long Index, byte[] Hash);

/// <summary>A card: of the node itself where <paramref name="Partner"/> is null.</summary>
internal sealed record CardRow(string? Partner, string Sha256, string Jws);

internal sealed record ChainRow(string Partner, string Direction, long Next, string Prev);

internal sealed record EnvelopeRow(
    string Partner,
    string Direction,
    long First,
    long Count,
    string Sha256,
    string Prev,
    string Root,
    string Batch,
    byte[]? Jwe,
    long At,
    string State,
    string? Receipt
);

internal sealed record EntryRow(
    string Partner,
    string Direction,
    long Seq,
    string Id,
    string Sha256,
    string MerkleLeaf,
    string Status,
    string? Reason,
    long? Leaf
);

internal sealed record MessageRow(
    string Id,
    string Partner,
    string Direction,
    long? Seq,
    string Kind,
    string Case,
    long Priority,
    string State,
    string? Reason,
    long? Delivered,
    string LineSha256,
    long Leaf,
    string DataKey,
    byte[] Sealed,
    byte[]? Wrapped
);

/// <summary>A tree head as somebody signed it; <paramref name="Link"/> is null where it is the node's own.</summary>
internal sealed record HeadRow(string? Link, long Size, string Root, string Jws);

internal sealed record AlarmRow(string Id, string Kind, string? Link, string Detail);

internal sealed record LinkRow(string Partner, string Card, string State, string? Reason);
