using Entente.Node.Features.Delivery;

namespace Entente.Node.Features.Recovery;

/// <summary>One direction of a link that comes back: where it ends at the partner, and the envelope that comes next.</summary>
internal sealed class ReturningSide(MessageDirection side, long end)
{
    public MessageDirection Side => side;

    public long End => end;

    public ProvenEnvelope? Waiting { get; set; }
}
