using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Opens an envelope by the partner's key, or by the key before it where the envelope left before the rotation: a sealed
/// envelope is never sealed anew (docs/decisions/0006).
/// </summary>
internal sealed class EnvelopeOpening(Database database, NodeKeys keys, NodeOptions options, TimeProvider clock)
{
    /// <summary>How long after a rotation an envelope of before it may still arrive: a carrier by hand needs days.</summary>
    public static readonly TimeSpan InFlight = TimeSpan.FromDays(30);

    private readonly NodeId _self = NodeId.Parse(options.Node);

    public async Task<Opened<OpenedEnvelope>> OpenAsync(
        LinkedPartner partner,
        ReadOnlyMemory<byte> jwe,
        CancellationToken cancellation
    )
    {
        var ours = keys.AgreementFor(jwe.Span);
        var opened = Envelope.Open(jwe.Span, ours, partner.Keys.Signing, partner.Node, _self);
        if (opened.Ok || opened.Refusal.Reason != Reason.BadSignature || !MayBeInFlight(partner.Card))
        {
            return opened;
        }

        var before = await database.ReadAsync(c => PastCards.BeforeAsync(c, partner.Card, cancellation), cancellation);
        if (before is null)
        {
            return opened;
        }

        using var signing = VerificationKey.From(before.SigningJwk).Required(); // Checked when the card was accepted.
        var earlier = Envelope.Open(jwe.Span, ours, signing, partner.Node, _self);
        return earlier.Ok && earlier.Value.Batch.At < partner.Card.Issued ? earlier : opened;
    }

    private bool MayBeInFlight(LinkCard card) =>
        card.Previous is not null && clock.GetUtcNow() - card.Issued < InFlight;
}
