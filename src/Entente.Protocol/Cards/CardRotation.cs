using System.Text;

namespace Entente.Protocol;

internal static class CardRotation
{
    private const string Type = "entente-rotation+jwt";

    public static string Sign(LinkCard card, SigningKey newKey, SigningKey oldKey)
    {
        if (card.Previous is null)
            throw new ArgumentException("A rotated card names the card it replaces.", nameof(card));
        return Jws.Sign(Encoding.ASCII.GetBytes(card.Sign(newKey)), Type, oldKey);
    }

    public static Opened<LinkCard> Open(string jws, LinkCard previous)
    {
        var key = VerificationKey.From(previous.SigningJwk);
        if (!key.Ok)
            return key.Refusal;
        using var old = key.Value;
        var inner = Jws.Open(jws, Type, old);
        if (!inner.Ok)
            return inner.Refusal;
        var card = CardReading.Open(Encoding.UTF8.GetString(inner.Value));
        if (!card.Ok)
            return card.Refusal;
        if (card.Value.Node != previous.Node)
            return new Refusal(Reason.WrongRecipient, "The new card is another node's.");
        if (card.Value.Previous != previous.Sha256)
            return new Refusal(Reason.Fork, "The new card does not follow the one we hold.");
        return card;
    }
}
