using Entente.Protocol;

namespace Entente.Node.Features.Links;

/// <summary>A partner's public keys, imported once for as long as its card is current.</summary>
internal sealed class PartnerKeys
{
    public PartnerKeys(LinkCard card)
    {
        // The card was checked when it was accepted.
        Signing = VerificationKey.From(card.SigningJwk).Required();
        Agreement = PublicAgreementKey.From(card.AgreementJwk).Required();
        Certificate = card.Tls.Certificate;
    }

    public VerificationKey Signing { get; }

    public PublicAgreementKey Agreement { get; }

    /// <summary>The certificate the partner shows, as a server and as a client.</summary>
    public Hash Certificate { get; }
}

/// <summary>A link with what its traffic needs.</summary>
internal sealed record LinkedPartner(Link Link, LinkCard Card, PartnerKeys Keys)
{
    public string Partner => Link.Partner;

    public NodeId Node => Card.Node;
}
