using Entente.Node.Hosting;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// The links on which something may be held in silence: all but those between two states that one law binds. There nothing
/// inside the house tells when an envelope left, or that none did; see docs/decisions/0044.
/// </summary>
internal sealed class QuietLinks(NodeOptions options)
{
    private readonly SenderLaw? _law = SenderLaws.For(options.Country);

    public bool Is(string partner) => _law is null || !_law.Binds(NodeId.Parse(partner).Country.ToUpperInvariant());
}
