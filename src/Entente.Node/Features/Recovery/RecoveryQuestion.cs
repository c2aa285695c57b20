using System.Text.Json;
using Entente.Protocol;

namespace Entente.Node.Features.Recovery;

/// <summary>What a node asks that cannot ask by wire: what the partner remembers of the link from here on.</summary>
/// <param name="Sent">The first seq of its own that it does not remember.</param>
/// <param name="Received">The first seq of the partner's that it does not remember.</param>
internal sealed record RecoveryQuestion(int V, string Node, string To, DateTimeOffset At, long Sent, long Received)
{
    private const string Type = "entente-recovery+jwt";

    public string Sign(SigningKey key) => Jws.Sign(JsonSerializer.SerializeToUtf8Bytes(this, Wire.Json), Type, key);

    public static RecoveryQuestion? Open(string jws, VerificationKey key)
    {
        var payload = Jws.Open(jws, Type, key);
        return payload.Ok && Wire.Read<RecoveryQuestion>(payload.Value) is { V: 1, Sent: > 0, Received: > 0 } question
            ? question
            : null;
    }
}
