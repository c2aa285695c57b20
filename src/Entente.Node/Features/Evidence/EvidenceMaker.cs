using System.Text;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Protocol;
using EvidenceFile = Entente.Protocol.Evidence;

namespace Entente.Node.Features.Evidence;

/// <summary>
/// Puts the evidence of one message together from what is held here. For what we sent, the partner is asked once for its
/// ledger's proof; for what we took, the proof and the receipt are our own.
/// </summary>
internal sealed class EvidenceMaker(
    SignedEnvelopes envelopes,
    CardArchive cards,
    PartnerLeaves leaves,
    LedgerLog ledger,
    NodeKeys keys,
    NodeOptions options
)
{
    public async Task<EvidenceMade> MakeAsync(OpenedMessage opened, CancellationToken cancellation)
    {
        var envelope = await envelopes.AroundAsync(opened.Stored, cancellation);
        return opened.Stored.State switch
        {
            MessageState.Delivered when envelope is { Receipt: { } receipt } => await OfSentAsync(
                opened,
                envelope,
                receipt,
                cancellation
            ),
            MessageState.Received when envelope is { Received: { } received } => await OfReceivedAsync(
                opened,
                envelope,
                received,
                cancellation
            ),
            _ => new EvidenceMade(null, "not-receipted"),
        };
    }

    private async Task<EvidenceMade> OfSentAsync(
        OpenedMessage opened,
        SignedEnvelope envelope,
        string jws,
        CancellationToken cancellation
    )
    {
        var own = await CardAsync(options.Node, key => Batch.Open(envelope.Batch, key), b => b.At, cancellation);
        var (card, receipt) = await CardAsync(
            opened.Stored.Partner,
            key => Receipt.Open(jws, key),
            r => r.At,
            cancellation
        );
        if (
            own.Card is null
            || card is null
            || receipt?.Entries.FirstOrDefault(e => e.Seq == opened.Stored.Seq)?.Leaf is not { } index
        )
        {
            return new EvidenceMade(null, "no-card");
        }

        var line = Hash.Of(opened.Line);
        var wanted = new LeafWanted(opened.Stored.Partner, index, line, receipt.TreeHead);
        var (leaf, failure) = await leaves.FindAsync(wanted, cancellation) is { } known
            ? (known, null)
            : await leaves.FetchAsync(wanted, cancellation);
        return new EvidenceMade(
            new EvidenceFile
            {
                Message = Encoding.UTF8.GetString(opened.Line),
                Path = envelope.Path,
                Batch = envelope.Batch,
                Envelope = envelope.Sha256,
                Receipt = jws,
                Leaf = leaf is null ? null : new EvidenceLeaf(index, leaf.Event),
                InclusionProof = leaf?.Proof,
                Lacks = leaf is null ? [EvidenceFile.LedgerProof] : null,
                Cards = [own.Card.Jws, card.Jws],
            },
            failure
        );
    }

    private async Task<EvidenceMade> OfReceivedAsync(
        OpenedMessage opened,
        SignedEnvelope envelope,
        ReceivedEnvelope received,
        CancellationToken cancellation
    )
    {
        var partner = await CardAsync(
            opened.Stored.Partner,
            key => Batch.Open(envelope.Batch, key),
            b => b.At,
            cancellation
        );
        // By the key that signed it then: the one of today was in no card yet.
        var own = (await cards.OfAsync(options.Node, cancellation)).FirstOrDefault(card =>
            card.IsCurrent(received.At) && keys.SigningOf(card.SigningJwk.Thumbprint) is not null
        );
        var signing = own is null ? null : keys.SigningOf(own.SigningJwk.Thumbprint);
        var index = opened.Stored.Leaf;
        if (
            partner.Card is null
            || own is null
            || signing is null
            || await ledger.LeafAsync(index, cancellation) is not { } leaf
        )
        {
            return new EvidenceMade(null, "no-card");
        }

        var head = await HeadAsync(signing, received, cancellation);

        var receipt = new Receipt(
            NodeId.Parse(options.Node),
            partner.Card.Node,
            received.At,
            received.Sha256,
            [.. received.Entries.Select(entry => entry.ToReceipt(duplicate: false))],
            head.ForReceipt()
        );
        return new EvidenceMade(
            new EvidenceFile
            {
                Message = Encoding.UTF8.GetString(opened.Line),
                Path = envelope.Path,
                Batch = envelope.Batch,
                Envelope = envelope.Sha256,
                Receipt = receipt.Sign(signing),
                Leaf = new EvidenceLeaf(index, leaf),
                InclusionProof = await ledger.InclusionAsync(index, head.Size, cancellation),
                Cards = [partner.Card.Jws, own.Jws],
            },
            null
        );
    }

    /// <summary>A replaced key says nothing new: of the ledger only what it held when the envelope was in it.</summary>
    private async Task<LedgerHead> HeadAsync(
        SigningKey signing,
        ReceivedEnvelope received,
        CancellationToken cancellation
    )
    {
        if (signing.Kid == keys.Signing.Kid)
        {
            return await ledger.HeadAsync(cancellation);
        }

        var size = (received.Entries.Max(entry => entry.Leaf) ?? 0) + 1;
        return new LedgerHead(size, await ledger.RootAsync(size, cancellation), received.At);
    }

    /// <summary>The card by whose key this was signed and that was in force then.</summary>
    private async Task<(LinkCard? Card, T? Signed)> CardAsync<T>(
        string node,
        Func<VerificationKey, Opened<T>> open,
        Func<T, DateTimeOffset> at,
        CancellationToken cancellation
    )
        where T : class
    {
        foreach (var card in await cards.OfAsync(node, cancellation))
        {
            using var key = VerificationKey.From(card.SigningJwk).Required(); // Checked before the card was kept.
            if (open(key) is { Ok: true, Value: var signed } && card.IsCurrent(at(signed)))
            {
                return (card, signed);
            }
        }

        return (null, null);
    }
}

/// <param name="File">Null where there is nothing to prove yet, or no card that was in force then.</param>
/// <param name="Failure">Why there is no file, or why it lacks the partner's ledger proof.</param>
internal sealed record EvidenceMade(EvidenceFile? File, string? Failure);
