using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Protocol;

/// <summary>
/// What the sender signs for a whole envelope: which messages (by the Merkle root over their lines), from where in the
/// sequence, after which envelope, when.
/// </summary>
public sealed record Batch(NodeId From, NodeId To, long First, int Count, Hash Root, Hash Prev, DateTimeOffset At)
    : Extensible
{
    internal const string Type = "entente-batch+jwt";

    [JsonPropertyOrder(-1)]
    public int V { get; init; } = 1;

    internal string Sign(SigningKey key) =>
        Jws.Sign(JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Wire.Batch), Type, key);

    public static Opened<Batch> Open(string jws, VerificationKey sender) =>
        Open(System.Text.Encoding.UTF8.GetBytes(jws), sender);

    internal static Opened<Batch> Open(ReadOnlySpan<byte> jws, VerificationKey sender)
    {
        var payload = Jws.Open(jws, Type, sender);
        if (!payload.Ok)
            return payload.Refusal;
        var batch = WireText.Read(payload.Value, WireJson.Wire.Batch);
        if (
            batch is
            {
                Ok: true,
                Value: { V: not 1 }
                    or { First: < 1 or > WireText.MaxNumber }
                    or { Count: < 1 or > Envelope.MaxMessages }
            }
        )
            return Refusal.Malformed("The batch's version, first or count is out of range.");
        return batch;
    }
}
