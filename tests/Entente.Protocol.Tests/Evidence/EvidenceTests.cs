using System.Text;

namespace Entente.Protocol.Tests;

public sealed class EvidenceTests
{
    private static readonly Evidence Example = Right();

    [Fact]
    public void Right_evidence_holds_in_every_check()
    {
        var checks = Evidence.Parse(Example.ToJson()).Required().Verify();

        checks.ShouldAllBe(check => check.Holds);
        checks
            .Select(check => check.Name)
            .ShouldBe([
                "cards",
                "sender-card",
                "receiver-card",
                "message",
                "batch-signature",
                "receipt-signature",
                "cards-current",
                "parties",
                "message-in-batch",
                "receipt-envelope",
                "receipt-parties",
                "message-in-receipt",
                "accepted",
                "tree-head-signature",
                "tree-head-node",
                "tree-head-as-receipted",
                "leaf-place",
                "leaf",
                "leaf-names-message",
                "leaf-in-ledger",
            ]);
    }

    [Fact]
    public void A_changed_message_is_neither_in_the_batch_nor_in_the_receipt() =>
        Broken(Example with { Message = Example.Message.Replace("H1", "H0", StringComparison.Ordinal) })
            .ShouldBe(["message-in-batch", "message-in-receipt", "leaf-names-message"]);

    [Fact]
    public void A_changed_leaf_is_not_in_the_ledger() =>
        Broken(
                Example with
                {
                    Leaf = Example.Leaf! with
                    {
                        Event = Example.Leaf!.Event.Replace("receive", "consult", StringComparison.Ordinal),
                    },
                }
            )
            .ShouldBe(["leaf-in-ledger"]);

    [Fact]
    public void Another_leafs_place_is_not_the_messages() =>
        Broken(Example with { Leaf = Example.Leaf! with { Index = 0 } }).ShouldBe(["leaf-place", "leaf-in-ledger"]);

    [Fact]
    public void Another_envelope_is_not_the_receipted_one() =>
        Broken(Example with { Envelope = Hash.Zero }).ShouldBe(["receipt-envelope"]);

    [Fact]
    public void Cards_the_wrong_way_round_verify_nothing() =>
        Broken(Example with { Cards = [Example.Cards[1], Example.Cards[0]] })
            .ShouldBe(["batch-signature", "receipt-signature"]);

    [Fact]
    public void A_card_that_had_expired_proves_nothing_current()
    {
        var expired = Sample.Card(Sample.Madrid, Sample.MadridKeys) with
        {
            Issued = Sample.At.AddYears(-1),
            Expires = Sample.At,
        };

        Broken(Example with { Cards = [Example.Cards[0], expired.Sign(Sample.MadridKeys.Signing)] })
            .ShouldBe(["cards-current"]);
    }

    [Fact]
    public void Evidence_of_another_version_is_refused() =>
        Evidence.Parse((Example with { V = 2 }).ToJson()).Ok.ShouldBeFalse();

    [Fact]
    public void Evidence_past_16_mebibytes_is_refused() =>
        Evidence.Parse(new byte[Evidence.MaxLength + 1]).Refusal.ShouldNotBeNull().Reason.ShouldBe(Reason.TooLarge);

    [Fact]
    public void A_batch_of_another_link_is_not_between_these_two()
    {
        var batch = Batch.Open(Example.Batch, Sample.RabatKeys.Verifier).Required() with
        {
            To = NodeId.Parse("de.bmi"),
        };

        Broken(Example with { Batch = batch.Sign(Sample.RabatKeys.Signing) }).ShouldBe(["parties", "receipt-parties"]);
    }

    [Fact]
    public void A_receipt_to_another_sender_is_not_this_senders()
    {
        var receipt = Receipt.Open(Example.Receipt, Sample.MadridKeys.Verifier).Required() with
        {
            To = NodeId.Parse("de.bmi"),
        };

        Broken(Example with { Receipt = receipt.Sign(Sample.MadridKeys.Signing) }).ShouldBe(["receipt-parties"]);
    }

    [Fact]
    public void A_tree_head_of_another_node_is_not_the_receivers()
    {
        var head = TreeHead.Open(Example.TreeHead!, Sample.MadridKeys.Verifier).Required() with
        {
            Node = NodeId.Parse("de.bmi"),
        };

        Broken(Example with { TreeHead = head.Sign(Sample.MadridKeys.Signing) }).ShouldBe(["tree-head-node"]);
    }

    [Fact]
    public void Two_ledgers_of_one_size_contradict_each_other()
    {
        var leaf = Leaf(2, Encoding.UTF8.GetBytes(Example.Message));
        var lone = MerkleLeaves.Of([.. Enumerable.Repeat(MerkleTree.LeafHash(leaf), 5)]);
        var head = new TreeHead(Sample.Madrid, 5, MerkleTree.Root(lone, 5), Sample.At);

        Broken(
                Example with
                {
                    InclusionProof = MerkleTree.InclusionProof(lone, 1, 5),
                    TreeHead = head.Sign(Sample.MadridKeys.Signing),
                }
            )
            .ShouldBe(["tree-head-as-receipted"]);
    }

    [Fact]
    public void The_receipts_tree_head_is_enough() => Broken(Example with { TreeHead = null }).ShouldBeEmpty();

    [Fact]
    public void Evidence_without_the_ledger_proof_holds_and_says_what_it_lacks()
    {
        var without = Example with
        {
            Leaf = null,
            InclusionProof = null,
            TreeHead = null,
            Lacks = [Evidence.LedgerProof],
        };

        var read = Evidence.Parse(without.ToJson()).Required();

        read.IsComplete.ShouldBeFalse();
        read.Verify().ShouldAllBe(check => check.Holds);
        Evidence.Parse((without with { Lacks = null }).ToJson()).Ok.ShouldBeFalse();
        Evidence.Parse((Example with { InclusionProof = null }).ToJson()).Ok.ShouldBeFalse();
    }

    [Fact]
    public void Evidence_with_any_byte_changed_does_not_hold()
    {
        var right = Example.ToJson();
        for (var i = 0; i < right.Length; i++)
        {
            byte[] changed = [.. right];
            changed[i] ^= 0x20; // The other case of a letter, another mark for a mark: what readers are tempted to forgive.
            Holds(changed).ShouldBeFalse($"byte {i}: {Encoding.UTF8.GetString(right, Math.Max(0, i - 20), 20)}");
        }
    }

    private static bool Holds(byte[] json) =>
        Evidence.Parse(json) is { Ok: true } read && read.Value.Verify().All(check => check.Holds);

    [Fact]
    public void A_missing_card_stops_the_verification() =>
        Broken(Example with { Cards = [Example.Cards[0]] }).ShouldBe(["cards"]);

    [Fact]
    public void A_rejected_message_is_no_evidence_of_acceptance()
    {
        var rejected = Receipt.Open(Example.Receipt, Sample.MadridKeys.Verifier).Required();
        var entry = rejected.Entries[1] with { Status = ReceiptStatus.Rejected, Reason = Reason.Policy };
        rejected = rejected with { Entries = [rejected.Entries[0], entry, rejected.Entries[2]] };

        Broken(Example with { Receipt = rejected.Sign(Sample.MadridKeys.Signing) }).ShouldBe(["accepted"]);
    }

    /// <summary>The evidence of the second of three messages, whose leaf is the second of five in Madrid's ledger.</summary>
    internal static Evidence Right()
    {
        var lines = Sample.Lines(3);
        var sent = Sample.Seal(lines);
        var leaves = Enumerable.Range(1, 5).Select(seq => Leaf(seq, lines[(seq - 1) % 3])).ToArray();
        var nodes = MerkleLeaves.Of(leaves.Select(leaf => MerkleTree.LeafHash(leaf)));
        var root = MerkleTree.Root(nodes, 5);
        var entries = lines.Select(
            (line, i) => new ReceiptEntry(i + 1, Sample.Id(i + 1), Hash.Of(line.Span), ReceiptStatus.Accepted, Leaf: i)
        );
        var madrid = Sample.MadridKeys.Signing;
        return new Evidence
        {
            Message = Encoding.UTF8.GetString(lines[1].Span),
            Path = Envelope.InclusionPath(lines, 1),
            Batch = sent.BatchJws,
            Envelope = sent.Sha256,
            Receipt = new Receipt(
                Sample.Madrid,
                Sample.Rabat,
                Sample.At,
                sent.Sha256,
                [.. entries],
                new ReceiptHead(5, root, Sample.At)
            ).Sign(madrid),
            Leaf = new EvidenceLeaf(1, Encoding.UTF8.GetString(leaves[1])),
            InclusionProof = MerkleTree.InclusionProof(nodes, 1, 5),
            TreeHead = new TreeHead(Sample.Madrid, 5, root, Sample.At).Sign(madrid),
            Cards =
            [
                Sample.Card(Sample.Rabat, Sample.RabatKeys).Sign(Sample.RabatKeys.Signing),
                Sample.Card(Sample.Madrid, Sample.MadridKeys).Sign(madrid),
            ],
        };
    }

    private static byte[] Leaf(int seq, ReadOnlyMemory<byte> line) =>
        new LedgerEvent(
            Sample.At,
            "liaison@es.interior",
            LedgerAction.Receive,
            Sample.Id(seq).ToString(),
            "envelope",
            Hash.Of(line.Span),
            "ma.interieur"
        ).ToLeaf();

    private static IEnumerable<string> Broken(Evidence evidence) =>
        evidence.Verify().Where(check => !check.Holds).Select(check => check.Name);
}
