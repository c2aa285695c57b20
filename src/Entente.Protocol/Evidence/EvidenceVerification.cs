using System.Text;

namespace Entente.Protocol;

/// <summary>
/// The order of proof: whose keys → what the sender signed → what the receiver acknowledged → that its ledger holds it.
/// </summary>
internal sealed class EvidenceVerification
{
    private readonly Evidence _evidence;
    private readonly List<EvidenceCheck> _checks = [];
    private readonly byte[] _line;

    private EvidenceVerification(Evidence evidence) =>
        (_evidence, _line) = (evidence, Encoding.UTF8.GetBytes(evidence.Message));

    public static IReadOnlyList<EvidenceCheck> Of(Evidence evidence)
    {
        var verification = new EvidenceVerification(evidence);
        verification.Run();
        return verification._checks;
    }

    private void Run()
    {
        if (
            !Check(
                "cards",
                _evidence.Cards.Count == 2 && _evidence.Cards.All(card => card is not null),
                "There must be two cards."
            )
        )
            return;
        var sender = Take("sender-card", LinkCard.Open(_evidence.Cards[0]));
        var receiver = Take("receiver-card", LinkCard.Open(_evidence.Cards[1]));
        if (sender is null || receiver is null)
            return;
        // Opened cards have usable keys.
        using var senderKey = VerificationKey.From(sender.SigningJwk).Required();
        using var receiverKey = VerificationKey.From(receiver.SigningJwk).Required();
        var message = Take("message", Message.Parse(_line));
        var batch = Take("batch-signature", Batch.Open(_evidence.Batch, senderKey));
        var receipt = Take("receipt-signature", Receipt.Open(_evidence.Receipt, receiverKey));
        if (message is null || batch is null || receipt is null)
            return;
        var current = sender.IsCurrent(batch.At) && receiver.IsCurrent(receipt.At);
        Check("cards-current", current, "A card was not valid when its key signed.");
        CheckSent(message, batch, sender, receiver);
        var entry = CheckReceived(message, batch, receipt);
        if (_evidence is { Leaf: { } leaf, InclusionProof: { } path })
        {
            if (Head(receipt, receiverKey) is { } head)
                CheckLedger(entry, leaf, path, head);
        }
        else if (_evidence.IsComplete)
            Check(Evidence.LedgerProof, false, "The proof from the receiver's ledger is not whole.");
    }

    /// <summary>The tree head that the proof ends in: the receipt's, unless another is given, which must not contradict it.</summary>
    private (long Size, Hash Root)? Head(Receipt receipt, VerificationKey receiver)
    {
        var receipted = (receipt.TreeHead.Size, receipt.TreeHead.Root);
        if (_evidence.TreeHead is not { } jws)
            return receipted;
        if (Take("tree-head-signature", TreeHead.Open(jws, receiver)) is not { } head)
            return null;
        Check("tree-head-node", head.Node == receipt.From, "The tree head is another node's.");
        var agrees = head.Size != receipted.Size || head.Root == receipted.Root;
        Check("tree-head-as-receipted", agrees, "The receiver has signed two different ledgers of one size.");
        return (head.Size, head.Root);
    }

    private void CheckSent(Message message, Batch batch, LinkCard sender, LinkCard receiver)
    {
        var names = batch.From == sender.Node && batch.To == receiver.Node;
        names &= message.From.Node == sender.Node && message.To.Node == receiver.Node;
        Check("parties", names, "Cards, batch and message do not name the same two nodes.");
        var leaf = MerkleTree.LeafHash(_line);
        var index = message.Seq - batch.First;
        Check(
            "message-in-batch",
            MerkleTree.VerifyInclusion(leaf, index, batch.Count, _evidence.Path, batch.Root),
            "The message is not under the root that the sender signed."
        );
    }

    private ReceiptEntry? CheckReceived(Message message, Batch batch, Receipt receipt)
    {
        Check("receipt-envelope", receipt.Envelope == _evidence.Envelope, "The receipt is for another envelope.");
        Check(
            "receipt-parties",
            receipt.From == batch.To && receipt.To == batch.From,
            "The receipt is of another link."
        );
        var entry = receipt.Entries.FirstOrDefault(entry => entry.Seq == message.Seq);
        var named = entry is not null && entry.Id == message.Id && entry.Sha256 == Hash.Of(_line);
        Check("message-in-receipt", named, "The receipt does not name this message.");
        Check("accepted", entry is { Status: not ReceiptStatus.Rejected }, "The receiver did not accept the message.");
        return entry;
    }

    private void CheckLedger(
        ReceiptEntry? entry,
        EvidenceLeaf leaf,
        IReadOnlyList<Hash> path,
        (long Size, Hash Root) head
    )
    {
        var bytes = Encoding.UTF8.GetBytes(leaf.Event);
        Check("leaf-place", entry?.Leaf == leaf.Index, "The receipt names another leaf.");
        var written = Take("leaf", LedgerEvent.Parse(bytes));
        Check("leaf-names-message", written?.Hash == Hash.Of(_line), "The leaf is not about this message.");
        Check(
            "leaf-in-ledger",
            MerkleTree.VerifyInclusion(MerkleTree.LeafHash(bytes), leaf.Index, head.Size, path, head.Root),
            "The leaf is not under the tree head that the receiver signed."
        );
    }

    private bool Check(string name, bool holds, string fault)
    {
        _checks.Add(new EvidenceCheck(name, holds, holds ? null : fault));
        return holds;
    }

    private T? Take<T>(string name, Opened<T> opened)
        where T : class
    {
        _checks.Add(new EvidenceCheck(name, opened.Ok, opened.Refusal?.Detail));
        return opened.Value;
    }
}
