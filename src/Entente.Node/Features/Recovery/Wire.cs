using System.Text.Json;
using Entente.Protocol;

namespace Entente.Node.Features.Recovery;

/// <summary>What passes between a node that lost its memory and a partner that did not (docs/partner/protocol.md §11).</summary>
internal static class Wire
{
    public const string RestorationType = "entente-restoration+jwt";
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
    };

    public static T? Read<T>(ReadOnlySpan<byte> json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Where the partner stands with us. Only numbers: what follows from them is proven by our own signatures.</summary>
/// <param name="Sent">The next seq that it expects of us.</param>
/// <param name="Received">The seq after the last of its own that we receipted.</param>
/// <param name="Head">What it saw last of our ledger, in our own words: a tree head or a receipt.</param>
internal sealed record Standing(int V, long Sent, long Received, string? Head);

/// <summary>One envelope given back, with everything that proves it.</summary>
/// <param name="Batch">What its sender signed.</param>
/// <param name="Envelope">SHA-256 of the JWE, whose bytes nobody keeps.</param>
/// <param name="Lines">A JWE for us with the lines still held, in order; null where none is.</param>
internal sealed record ReturnedEnvelope(
    int V,
    string Batch,
    Hash Envelope,
    string Receipt,
    IReadOnlyList<ReturnedEntry> Entries,
    string? Lines
);

/// <param name="MerkleLeaf">Proves the line under the batch's root even where it is held no more.</param>
internal sealed record ReturnedEntry(long Seq, Guid Id, Hash Sha256, Hash MerkleLeaf, bool Held);

/// <summary>A node's signed word that its ledger was lost and goes on from an older state.</summary>
/// <param name="Lost">The largest head that the partner had witnessed.</param>
/// <param name="Head">The ledger as it is now; a leaf of it names the lost head.</param>
internal sealed record Restoration(
    int V,
    string Node,
    string To,
    DateTimeOffset At,
    RestorationHead Lost,
    RestorationHead Head
)
{
    public string Sign(SigningKey key) =>
        Jws.Sign(JsonSerializer.SerializeToUtf8Bytes(this, Wire.Json), Wire.RestorationType, key);

    public static Restoration? Open(string jws, VerificationKey key)
    {
        var payload = Jws.Open(jws, Wire.RestorationType, key);
        return payload.Ok ? Wire.Read<Restoration>(payload.Value) : null;
    }
}

internal sealed record RestorationHead(long Size, Hash Root, DateTimeOffset At);

/// <summary>A head out of whatever signed statement carries it.</summary>
internal static class SignedHead
{
    public static RestorationHead? Open(string jws, VerificationKey key)
    {
        if (TreeHead.Open(jws, key) is { Ok: true, Value: var head })
        {
            return new RestorationHead(head.Size, head.Root, head.At);
        }

        return Receipt.Open(jws, key) is { Ok: true, Value: var receipt }
            ? new RestorationHead(receipt.TreeHead.Size, receipt.TreeHead.Root, receipt.TreeHead.At)
            : null;
    }
}
