using Entente.Protocol;

namespace Entente.Node.Features.Links;

/// <summary>Whether a card that opened may be taken, given what we hold.</summary>
internal static class CardJudgement
{
    /// <param name="selfSigned">Offered as it is, not wrapped in a rotation signed by the old key.</param>
    public static LinkError? Of(LinkCard card, Link? held, bool selfSigned, string self, DateTimeOffset now)
    {
        var partner = card.Node.ToString();
        if (partner == self)
        {
            return new CardIsOurs();
        }

        if (now >= card.Expires)
        {
            return new CardExpired(card.Expires);
        }

        if (held?.Card is not { } current)
        {
            return null;
        }

        if (current.Sha256 == card.Sha256)
        {
            return new CardAlreadyHeld(partner);
        }

        if (selfSigned && current.SigningJwk.Thumbprint != card.SigningJwk.Thumbprint)
        {
            return new CardChanged(partner);
        }

        return card.Issued <= current.Issued ? new CardIsOlder(partner) : null;
    }
}
