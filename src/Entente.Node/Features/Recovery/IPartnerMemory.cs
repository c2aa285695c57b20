using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;

namespace Entente.Node.Features.Recovery;

/// <summary>What a partner remembers of a link, by wire or out of a file that was carried. Nothing of it is believed yet.</summary>
internal interface IPartnerMemory
{
    Task<Reply<Standing>> StandingAsync(LinkedPartner partner, CancellationToken cancellation);

    /// <param name="direction">As it was here: out, what we sent.</param>
    Task<Reply<ReturnedEnvelope>> EnvelopeAsync(
        LinkedPartner partner,
        MessageDirection direction,
        long first,
        CancellationToken cancellation
    );

    Task<Reply<byte[]>> ChunkAsync(
        LinkedPartner partner,
        MessageDirection direction,
        Guid file,
        long chunk,
        CancellationToken cancellation
    );

    /// <summary>Tells the partner that our ledger goes on from an older state.</summary>
    Task<Reply<byte[]>> DeclareAsync(LinkedPartner partner, string jws, CancellationToken cancellation);
}
