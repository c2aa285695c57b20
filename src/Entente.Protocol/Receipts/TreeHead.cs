using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Protocol;

/// <summary>A node's signed word on its whole ledger at one moment.</summary>
public sealed record TreeHead(NodeId Node, long Size, Hash Root, DateTimeOffset At) : Extensible
{
    internal const string Type = "entente-tree-head+jwt";

    [JsonPropertyOrder(-1)]
    public int V { get; init; } = 1;

    public string Sign(SigningKey key) =>
        Jws.Sign(JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Wire.TreeHead), Type, key);

    public static Opened<TreeHead> Open(string jws, VerificationKey node)
    {
        var payload = Jws.Open(jws, Type, node);
        if (!payload.Ok)
            return payload.Refusal;
        var head = WireText.Read(payload.Value, WireJson.Wire.TreeHead);
        return head is { Ok: true, Value: { V: not 1 } or { Size: < 0 or > WireText.MaxNumber } }
            ? Refusal.Malformed("The tree head's version or size is out of range.")
            : head;
    }
}

/// <summary>The ledger as the receiver saw it when it signed the receipt.</summary>
public sealed record ReceiptHead(long Size, Hash Root, DateTimeOffset At) : Extensible;
