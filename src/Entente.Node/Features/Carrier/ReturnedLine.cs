using System.Text.Json;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Recovery;

namespace Entente.Node.Features.Carrier;

/// <summary>One line of an answer to a restored node: where the partner stands, or an envelope it gives back.</summary>
/// <param name="Direction">As the asking node calls it: `sent` or `received`.</param>
internal sealed record ReturnedLine(string? Direction, long First, Standing? Standing, ReturnedEnvelope? Envelope)
{
    public static string Name(MessageDirection asked) => asked == MessageDirection.Out ? "sent" : "received";

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Wire.Json);
}
