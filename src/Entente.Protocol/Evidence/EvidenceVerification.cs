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
        var head = Take("tree-head-signature", TreeHead.Open(_evidence.TreeHead, receiverKey));
        if (message is null || batch is null || receipt is null || head is null)
            return;
        var current = sender.IsCurrent(batch.At) && receiver.IsCurrent(receipt.At);
        Check("cards-current", current, "A card was not valid when its key signed.");
        CheckSent(message, batch, sender, receiver);
        var entry = CheckReceived(message, batch, receipt);
        CheckLedger(entry, head, receiver);
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

    private void CheckLedger(ReceiptEntry? entry, TreeHead head, LinkCard receiver)
    {
        var bytes = Encoding.UTF8.GetBytes(_evidence.Leaf.Event);
        Check("tree-head-node", head.Node == receiver.Node, "The tree head is another node's.");
        Check("leaf-place", entry?.Leaf == _evidence.Leaf.Index, "The receipt names another leaf.");
        var written = Take("leaf", LedgerEvent.Parse(bytes));
        Check("leaf-names-message", written?.Hash == Hash.Of(_line), "The leaf is not about this message.");
        Check(
            "leaf-in-ledger",
            MerkleTree.VerifyInclusion(
                MerkleTree.LeafHash(bytes),
                _evidence.Leaf.Index,
                head.Size,
                _evidence.InclusionProof,
                head.Root
            ),
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
