using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Entente.Protocol.Tests;

/// <summary>
/// The example files of docs/partner open, and say exactly what this version of the library writes: they cannot drift
/// from it. To write them anew: run this class with <c>-explicit only</c>.
/// </summary>
public sealed class ExampleTests
{
    private static readonly JsonSerializerOptions Readable = new(WireJson.Wire.Options) { WriteIndented = true };

    [Fact(Explicit = true)]
    public void Write_the_examples()
    {
        var sent = Envelope.Seal(
            Example.Lines,
            Sample.Rabat,
            Sample.Madrid,
            1,
            Hash.Zero,
            Example.At,
            Example.Rabat.Signing,
            Example.Madrid.Public
        );
        var (rabat, madrid) = (
            Example.RabatCard.Sign(Example.Rabat.Signing),
            Example.MadridCard.Sign(Example.Madrid.Signing)
        );
        Folder.Write("ma.interieur.card", rabat);
        Folder.Write("es.interior.card", madrid);
        Folder.Write("card.json", Pretty(Example.RabatCard, WireJson.Wire.LinkCard));
        Folder.Write("safety-number.txt", SafetyNumber.Of(Example.RabatCard, Example.MadridCard));
        Folder.Write("message.json", Pretty(Example.Request, WireJson.Wire.Message));
        Folder.Write("message.line", Example.Text(Example.Lines[0]));
        Folder.Write("progress.line", Example.Text(Example.Lines[1]));
        Folder.Write("batch.json", Pretty(Example.Batch, WireJson.Wire.Batch));
        Folder.Write("envelope.jwe", Encoding.ASCII.GetString(sent.Jwe));
        Folder.Write("receipt.json", Pretty(Example.Receipt(sent.Sha256), WireJson.Wire.Receipt));
        Folder.Write("receipt.jws", Example.Receipt(sent.Sha256).Sign(Example.Madrid.Signing));
        Folder.Write("leaf.json", Encoding.UTF8.GetString(Example.Leaves[0]));
        Folder.Write("tree-head.json", Pretty(Example.Head, WireJson.Wire.TreeHead));
        Folder.Write("tree-head.jws", Example.Head.Sign(Example.Madrid.Signing));
        var next = Example.Next with { Previous = Hash.OfText(rabat) };
        Folder.Write("rotation.jws", next.Rotate(Example.NextKeys.Signing, Example.Rabat.Signing));
        Folder.Write("chunk.json", Example.Chunk().ToJsonString(Readable));
        Folder.Write("evidence.json", Encoding.UTF8.GetString(Proof(sent, rabat, madrid).ToJson()));
        SpecificationTests.ShowExamples();
    }

    [Fact]
    public void The_cards_open_and_give_the_safety_number()
    {
        var (rabat, madrid) = (
            LinkCard.Open(Folder.Line("ma.interieur.card")).Required(),
            LinkCard.Open(Folder.Line("es.interior.card")).Required()
        );

        Pretty(rabat, WireJson.Wire.LinkCard).ShouldBe(Pretty(Example.RabatCard, WireJson.Wire.LinkCard));
        Folder.Line("card.json").ShouldBe(Pretty(Example.RabatCard, WireJson.Wire.LinkCard));
        Folder.Line("safety-number.txt").ShouldBe(SafetyNumber.Of(rabat, madrid));
    }

    [Fact]
    public void The_messages_are_what_this_version_writes()
    {
        Folder.Line("message.line").ShouldBe(Example.Text(Example.Lines[0]));
        Folder.Line("progress.line").ShouldBe(Example.Text(Example.Lines[1]));
        Folder.Line("message.json").ShouldBe(Pretty(Example.Request, WireJson.Wire.Message));
    }

    [Fact]
    public void The_envelope_opens_to_the_messages()
    {
        var jwe = Encoding.ASCII.GetBytes(Folder.Line("envelope.jwe"));

        var opened = Envelope
            .Open(jwe, Example.Madrid.Agreement, Example.Rabat.Verifier, Sample.Rabat, Sample.Madrid)
            .Required();

        opened.Batch.ShouldBe(Example.Batch);
        opened.Lines.Select(Example.Text).ShouldBe([Folder.Line("message.line"), Folder.Line("progress.line")]);
        Folder.Line("batch.json").ShouldBe(Pretty(opened.Batch, WireJson.Wire.Batch));
    }

    [Fact]
    public void The_receipt_opens_and_answers_the_envelope()
    {
        var envelope = Hash.OfText(Folder.Line("envelope.jwe"));
        var sent = new SealedLines(envelope, 1, [.. Example.Lines.Select(line => Hash.Of(line.Span))]);

        var receipt = Receipt.Open(Folder.Line("receipt.jws"), Example.Madrid.Verifier).Required();

        receipt.Answers(sent, Sample.Rabat, Sample.Madrid).ShouldBeNull();
        Pretty(receipt, WireJson.Wire.Receipt).ShouldBe(Pretty(Example.Receipt(envelope), WireJson.Wire.Receipt));
        Folder.Line("receipt.json").ShouldBe(Pretty(receipt, WireJson.Wire.Receipt));
    }

    [Fact]
    public void The_ledger_leaf_and_tree_head_are_what_this_version_writes()
    {
        Folder.Line("leaf.json").ShouldBe(Encoding.UTF8.GetString(Example.Leaves[0]));
        TreeHead.Open(Folder.Line("tree-head.jws"), Example.Madrid.Verifier).Required().ShouldBe(Example.Head);
        Folder.Line("tree-head.json").ShouldBe(Pretty(Example.Head, WireJson.Wire.TreeHead));
    }

    [Fact]
    public void The_rotation_opens_for_who_holds_the_card()
    {
        var card = LinkCard.Open(Folder.Line("ma.interieur.card")).Required();

        var next = LinkCard.OpenRotated(Folder.Line("rotation.jws"), card).Required();

        next.Previous.ShouldBe(card.Sha256);
        next.SigningJwk.Thumbprint.ShouldBe(Example.NextKeys.Signing.Kid);
    }

    [Fact]
    public void The_chunk_opens()
    {
        var chunk = JsonNode.Parse(Folder.Read("chunk.json")).ShouldNotBeNull();
        chunk.ToJsonString().ShouldBe(Example.Chunk().ToJsonString());
        var key = new AttachmentKey(
            (byte[])chunk["key"].Deserialize<byte[]>()!,
            chunk["prefix"].Deserialize<byte[]>()!
        );

        var opened = AttachmentChunks.Open(
            chunk["sealed"].Deserialize<byte[]>()!,
            key,
            (Guid)chunk["id"]!,
            (uint)chunk["number"]!,
            last: true
        );

        Encoding.UTF8.GetString(opened.Required()).ShouldBe((string?)chunk["text"]);
    }

    [Fact]
    public void The_evidence_holds()
    {
        var evidence = Protocol.Evidence.Parse(Encoding.UTF8.GetBytes(Folder.Line("evidence.json"))).Required();

        evidence.Verify().ShouldAllBe(check => check.Holds);
        evidence.Message.ShouldBe(Folder.Line("message.line"));
    }

    private static Evidence Proof(SealedEnvelope sent, string rabat, string madrid) =>
        new()
        {
            Message = Example.Text(Example.Lines[0]),
            Path = Envelope.InclusionPath(Example.Lines, 0),
            Batch = sent.BatchJws,
            Envelope = sent.Sha256,
            Receipt = Example.Receipt(sent.Sha256).Sign(Example.Madrid.Signing),
            Leaf = new EvidenceLeaf(0, Encoding.UTF8.GetString(Example.Leaves[0])),
            InclusionProof = MerkleTree.InclusionProof(Example.Ledger, 0, 2),
            TreeHead = Example.Head.Sign(Example.Madrid.Signing),
            Cards = [rabat, madrid],
        };

    private static string Pretty<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.SerializeToElement(value, type) is var json ? JsonSerializer.Serialize(json, Readable) : "";
}
