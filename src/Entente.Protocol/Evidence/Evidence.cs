using System.Text.Json;

namespace Entente.Protocol;

/// <summary>
/// Everything that a third person needs, with no node running, to check that one message was sent by one node and
/// received by another at a stated time. The envelope's other messages stay unrevealed.
/// </summary>
public sealed record Evidence : Extensible
{
    public const int MaxLength = 16 * 1024 * 1024;

    public int V { get; init; } = 1;

    /// <summary>The message's line, as signed.</summary>
    public required string Message { get; init; }

    /// <summary>From the line to the root that the batch signs.</summary>
    public required IReadOnlyList<Hash> Path { get; init; }

    public required string Batch { get; init; }

    /// <summary>SHA-256 of the JWE.</summary>
    public required Hash Envelope { get; init; }

    public required string Receipt { get; init; }

    /// <summary>The receiver's ledger leaf for the message, with its index.</summary>
    public required EvidenceLeaf Leaf { get; init; }

    public required IReadOnlyList<Hash> InclusionProof { get; init; }
    public required string TreeHead { get; init; }

    /// <summary>The sender's card, then the receiver's.</summary>
    public required IReadOnlyList<string> Cards { get; init; }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Wire.Evidence);

    public static Opened<Evidence> Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxLength)
            return new Refusal(Reason.TooLarge, "Evidence is at most 16 MiB.");
        var read = WireText.Read(json, WireJson.Wire.Evidence);
        return read is { Ok: true, Value.V: not 1 } ? Refusal.Malformed("The evidence's version is not 1.") : read;
    }

    /// <summary>Every check by name, in order; all are tried, so that a reader sees what does hold.</summary>
    public IReadOnlyList<EvidenceCheck> Verify() => EvidenceVerification.Of(this);
}

/// <summary>A ledger leaf: its place and its canonical JSON.</summary>
public sealed record EvidenceLeaf(long Index, string Event) : Extensible;

/// <summary>One named check and, if it failed, why.</summary>
public sealed record EvidenceCheck(string Name, bool Holds, string? Fault = null);
