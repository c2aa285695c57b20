using System.Text;

namespace Entente.Protocol;

internal static class CardReading
{
    public const int MaxLength = 64 * 1024;

    public static Opened<LinkCard> Open(string jws)
    {
        if (jws.Length > MaxLength)
            return new Refusal(Reason.TooLarge, "A link card is at most 64 KiB.");
        var unverified = Jws.Unverified.Read(Encoding.UTF8.GetBytes(jws), LinkCard.Type);
        if (!unverified.Ok)
            return unverified.Refusal;
        var card = WireText.Read(unverified.Value.Payload, WireJson.Wire.LinkCard);
        if (!card.Ok)
            return card.Refusal;
        return (Shape(card.Value) ?? CheckSignature(card.Value, unverified.Value)) is { } refusal
            ? refusal
            : card.Value with
            {
                Jws = jws,
            };
    }

    private static Refusal? CheckSignature(LinkCard card, Jws.Unverified unverified)
    {
        var key = VerificationKey.From(card.SigningJwk);
        if (!key.Ok)
            return key.Refusal;
        using (key.Value)
            return unverified.Check(key.Value) ?? CheckAgreementKey(card);
    }

    private static Refusal? CheckAgreementKey(LinkCard card)
    {
        var key = PublicAgreementKey.From(card.AgreementJwk);
        key.Value?.Dispose();
        return key.Refusal;
    }

    private static Refusal? Shape(LinkCard card)
    {
        var keys = card.Jwks.Keys;
        string? fault = card switch
        {
            { V: not 1 } => "The card's version is not 1.",
            _ when card.Country != card.Node.Country => "The card's country is not that of its node id.",
            _ when card.Names.Count == 0 || card.Names.Values.Any(string.IsNullOrWhiteSpace) =>
                "The card names no authority.",
            _ when !IsHttps(card.Endpoint) => "The card's endpoint is not an https address.",
            _ when keys.Count != 2 || keys.Any(key => key is null) => "The card must carry two keys.",
            _ when !keys.Any(key => key.Use == "sig") || !keys.Any(key => key.Use == "enc") =>
                "The card must carry one key for signing and one for encryption.",
            _ when keys[0].Curve is null || keys[0].Curve != keys[1].Curve =>
                "The card's keys are not on one allowed curve.",
            _ when keys[0].Thumbprint == keys[1].Thumbprint => "Signing and encryption must not share a key.",
            _ when keys.Any(key => key.Kid is { } kid && kid != key.Thumbprint) => "A key's kid is not its thumbprint.",
            _ when card.Expires <= card.Issued => "The card expires before it is issued.",
            _ => null,
        };
        return fault is null ? null : Refusal.Malformed(fault);
    }

    private static bool IsHttps(string endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps;
}
