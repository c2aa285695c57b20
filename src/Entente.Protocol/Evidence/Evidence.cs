using System.Text.Json;

namespace Entente.Protocol;

/// <summary>
/// Everything that a third person needs, with no node running, to check that one message was sent by one node and
/// received by another at a stated time. The envelope's other messages stay unrevealed. It is canonical JSON
/// (RFC 8785), so that no byte of it can change and it still holds.
/// </summary>
public sealed record Evidence : Extensible
{
    public const int MaxLength = 16 * 1024 * 1024;

    /// <summary>What <see cref="Lacks"/> says when the receiver has not given the proof from its ledger.</summary>
    public const string LedgerProof = "ledger-proof";

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
    public EvidenceLeaf? Leaf { get; init; }

    /// <summary>From the leaf to the root of the receipt's tree head, or of <see cref="TreeHead"/> where there is one.</summary>
    public IReadOnlyList<Hash>? InclusionProof { get; init; }

    /// <summary>A tree head that the receiver signed apart from the receipt.</summary>
    public string? TreeHead { get; init; }

    /// <summary>What could not be had when it was made: null, or <see cref="LedgerProof"/> and then the three above are absent.</summary>
    public IReadOnlyList<string>? Lacks { get; init; }

    /// <summary>The sender's card, then the receiver's.</summary>
    public required IReadOnlyList<string> Cards { get; init; }

    /// <summary>Whether it holds the proof from the receiver's ledger too.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsComplete => Lacks is null;

    public byte[] ToJson() =>
        CanonicalJson.Of(JsonSerializer.SerializeToElement(this, WireJson.Wire.Evidence)).Required();

    public static Opened<Evidence> Parse(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaxLength)
            return new Refusal(Reason.TooLarge, "Evidence is at most 16 MiB.");
        var read = WireText.Read(json.Span, WireJson.Wire.Evidence);
        if (!read.Ok)
            return read;
        if (read.Value.V != 1)
            return Refusal.Malformed("The evidence's version is not 1.");
        if (read.Value.Unknown is { Count: > 0 } unknown)
            return Refusal.Malformed($"The evidence has a member that says nothing: {unknown.Keys.First()}.");
        if (!read.Value.IsWhole)
            return Refusal.Malformed("The evidence does not say what it lacks.");
        var canonical = CanonicalJson.Of(json);
        return canonical.Ok && canonical.Value.AsSpan().SequenceEqual(json.Span)
            ? read
            : Refusal.Malformed("The evidence is not canonical JSON: it is not the file that was made.");
    }

    private bool IsWhole =>
        Lacks is null
            ? Leaf is not null && InclusionProof is not null
            : Lacks is [LedgerProof] && Leaf is null && InclusionProof is null && TreeHead is null;

    /// <summary>Every check by name, in order; all are tried, so that a reader sees what does hold.</summary>
    public IReadOnlyList<EvidenceCheck> Verify() => EvidenceVerification.Of(this);
}

/// <summary>A ledger leaf: its place and its canonical JSON.</summary>
public sealed record EvidenceLeaf(long Index, string Event) : Extensible;

/// <summary>One named check and, if it failed, why.</summary>
public sealed record EvidenceCheck(string Name, bool Holds, string? Fault = null);
