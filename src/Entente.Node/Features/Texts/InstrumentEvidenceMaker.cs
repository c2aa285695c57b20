using Entente.Node.Features.Links;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Hosting;
using Entente.Protocol;

namespace Entente.Node.Features.Texts;

/// <summary>Puts the evidence of a text in force together from its messages and the cards kept here.</summary>
internal sealed class InstrumentEvidenceMaker(CardArchive cards, OwnCard ownCard, NodeOptions options)
{
    /// <summary>Null where the text is not in force, or a card by whose key it was signed is not here.</summary>
    public async Task<string?> MakeAsync(TextView view, CancellationToken cancellation)
    {
        if (view.Sent.InForce is not { } force || view.Signed?.Canonical is not { } text)
        {
            return null;
        }

        var signers = new List<LinkCard>();
        foreach (var signature in force.Signatures)
        {
            if (signature.By == options.Node)
            {
                await ownCard.CurrentAsync(cancellation); // Made now where no partner has asked for it yet.
            }

            if (await CardAsync(signature, cancellation) is { } card)
            {
                signers.Add(card);
            }
        }

        return signers.Count == force.Signatures.Count
            ? new InstrumentEvidence(
                1,
                InstrumentEvidence.TypeName,
                text.Json,
                [.. force.Signatures.Select(s => s.Jws)],
                [.. signers.Select(card => card.Jws)]
            ).ToJson()
            : null;
    }

    private async Task<LinkCard?> CardAsync(Signature signature, CancellationToken cancellation)
    {
        foreach (var card in await cards.OfAsync(signature.By, cancellation))
        {
            using var key = VerificationKey.From(card.SigningJwk).Required(); // Checked before the card was kept.
            if (Adoption.Open(signature.Jws, key) is { } adoption && card.IsCurrent(adoption.At))
            {
                return card;
            }
        }

        return null;
    }
}
