using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>A sealed envelope on its way: the same bytes every time it is sent.</summary>
internal sealed record OutgoingEnvelope(long First, int Count, Hash Sha256, byte[] Jwe)
{
    /// <summary>Its messages, while they are still in memory.</summary>
    public IReadOnlyList<SentEntry>? Entries { get; init; }
}
