using System.Text;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Recovery;

/// <summary>
/// Believes an envelope given back only for what is signed: its sender's batch, its receiver's receipt, every line under
/// the batch's root. A partner can withhold; it cannot invent.
/// </summary>
internal sealed class ReturnedCheck(Database database, NodeKeys keys, NodeOptions options) : IDisposable
{
    private readonly NodeId _self = NodeId.Parse(options.Node);
    private readonly VerificationKey[] _own =
    [
        .. keys.AllSigning.Select(key => VerificationKey.From(key.PublicJwk).Required()),
    ];

    /// <summary>Our own word, by our own key, the present one or one before it.</summary>
    public RestorationHead? OwnHead(string jws) =>
        _own.Select(key => SignedHead.Open(jws, key)).FirstOrDefault(head => head is not null);

    /// <returns>Null when anything of it is not proven.</returns>
    public async Task<ProvenEnvelope?> ProveAsync(
        LinkedPartner partner,
        MessageDirection direction,
        long first,
        ReturnedEnvelope returned,
        CancellationToken cancellation
    )
    {
        var earlier = await EarlierKeyAsync(partner, cancellation);
        using var _ = earlier;
        VerificationKey[] theirs = earlier is null ? [partner.Keys.Signing] : [partner.Keys.Signing, earlier];
        var sent = direction == MessageDirection.Out;
        var (sender, receiver) = sent ? (_self, partner.Node) : (partner.Node, _self);
        var batch = FirstOpen(sent ? _own : theirs, key => Batch.Open(returned.Batch, key));
        var receipt = FirstOpen(sent ? theirs : _own, key => Receipt.Open(returned.Receipt, key));
        if (
            batch is null
            || receipt is null
            || (batch.From, batch.To, batch.First, batch.Count) != (sender, receiver, first, returned.Entries.Count)
            || MerkleTree.Root([.. returned.Entries.Select(e => e.MerkleLeaf)]) != batch.Root
        )
        {
            return null;
        }

        var lines = new SealedLines(returned.Envelope, first, [.. returned.Entries.Select(e => e.Sha256)]);
        return receipt.Answers(lines, sender, receiver) is null ? Match(partner, returned, batch, receipt) : null;
    }

    public void Dispose() => Array.ForEach(_own, key => key.Dispose());

    private ProvenEnvelope? Match(LinkedPartner partner, ReturnedEnvelope returned, Batch batch, Receipt receipt)
    {
        var lines = Unpack(partner, returned);
        if (lines is null && returned.Entries.Any(e => e.Held))
        {
            return null;
        }

        var proven = new List<ProvenLine>(returned.Entries.Count);
        var next = 0;
        foreach (var (entry, said) in returned.Entries.Zip(receipt.Entries))
        {
            if (!entry.Held)
            {
                proven.Add(new ProvenLine(entry.Seq, said, entry.MerkleLeaf, entry.Id, null, null));
                continue;
            }

            if (next == lines!.Count || Hash.Of(lines[next].Span) != entry.Sha256)
            {
                return null;
            }

            var line = lines[next++];
            var message = Message.Parse(line.Span);
            if (MerkleTree.LeafHash(line.Span) != entry.MerkleLeaf || !message.Ok)
            {
                return null;
            }

            proven.Add(new ProvenLine(entry.Seq, said, entry.MerkleLeaf, message.Value.Id, line, message.Value));
        }

        return new ProvenEnvelope(batch, returned, receipt, proven);
    }

    private IReadOnlyList<ReadOnlyMemory<byte>>? Unpack(LinkedPartner partner, ReturnedEnvelope returned)
    {
        if (returned.Lines is null)
        {
            return null;
        }

        var jwe = Encoding.ASCII.GetBytes(returned.Lines);
        var opened = Envelope.Open(jwe, keys.AgreementFor(jwe), partner.Keys.Signing, partner.Node, _self);
        return opened.Ok && opened.Value.Batch.Prev == returned.Envelope ? opened.Value.Lines : null;
    }

    private async Task<VerificationKey?> EarlierKeyAsync(LinkedPartner partner, CancellationToken cancellation)
    {
        var before = await database.ReadAsync(c => PastCards.BeforeAsync(c, partner.Card, cancellation), cancellation);
        return before is null ? null : VerificationKey.From(before.SigningJwk).Required(); // Checked when it was accepted.
    }

    private static T? FirstOpen<T>(IEnumerable<VerificationKey> keys, Func<VerificationKey, Opened<T>> open)
        where T : class => keys.Select(open).Where(o => o.Ok).Select(o => o.Value).FirstOrDefault();
}

/// <summary>An envelope that this node sent or took and then forgot, proven by both sides' signatures.</summary>
internal sealed record ProvenEnvelope(
    Batch Batch,
    ReturnedEnvelope Returned,
    Receipt Receipt,
    IReadOnlyList<ProvenLine> Lines
);

/// <param name="Said">What the receipt says of it.</param>
/// <param name="Bytes">The line; null where nobody holds it any more (rejected or erased).</param>
internal sealed record ProvenLine(
    long Seq,
    ReceiptEntry Said,
    Hash MerkleLeaf,
    Guid Id,
    ReadOnlyMemory<byte>? Bytes,
    Message? Message
);
