using System.Text;
using System.Text.Json;

namespace Entente.Protocol.Tests;

public sealed class ReceiptTests
{
    private static readonly ReadOnlyMemory<byte>[] Lines = Sample.Lines(2);
    private static readonly SealedEnvelope Sent = Sample.Seal(Lines);
    private static readonly SealedLines Remembered = new(Sent.Sha256, 1, [.. Lines.Select(line => Hash.Of(line.Span))]);
    private static readonly Receipt Right = new(
        Sample.Madrid,
        Sample.Rabat,
        Sample.At,
        Sent.Sha256,
        [
            new ReceiptEntry(1, Sample.Id(1), Remembered.Lines[0], ReceiptStatus.Accepted, Leaf: 41),
            new ReceiptEntry(2, Sample.Id(2), Remembered.Lines[1], ReceiptStatus.Rejected, Reason.Policy),
        ],
        new ReceiptHead(42, Hash.OfText("root"), Sample.At)
    );

    [Fact]
    public void A_receipt_opens_and_answers_what_was_sent()
    {
        var opened = Open(Right.Sign(Sample.MadridKeys.Signing)).Required();

        opened.Answers(Remembered, Sample.Rabat, Sample.Madrid).ShouldBeNull();
        opened.Entries[1].Reason.ShouldBe(Reason.Policy);
    }

    [Fact]
    public void A_receipt_speaks_in_the_words_of_the_wire()
    {
        var json = JsonSerializer.Serialize(Right, WireJson.Wire.Receipt);

        json.ShouldContain("\"status\":\"accepted\",\"leaf\":41");
        json.ShouldContain("\"status\":\"rejected\",\"reason\":\"policy\"}");
    }

    [Fact]
    public void A_receipt_signed_by_another_is_refused() =>
        Open(Right.Sign(Sample.RabatKeys.Signing)).Refusal.ShouldNotBeNull().Reason.ShouldBe(Reason.BadSignature);

    [Fact]
    public void A_receipt_for_another_envelope_answers_nothing() =>
        Answer(Right with { Envelope = Hash.OfText("another") }).ShouldBe(Reason.Fork);

    [Fact]
    public void A_receipt_of_another_link_answers_nothing() =>
        Answer(Right with { To = NodeId.Parse("de.bmi") }).ShouldBe(Reason.WrongRecipient);

    [Fact]
    public void A_receipt_that_leaves_a_message_out_answers_nothing() =>
        Answer(Right with { Entries = [Right.Entries[0]] }).ShouldBe(Reason.BadEnvelope);

    [Fact]
    public void A_receipt_that_names_other_content_answers_nothing() =>
        Answer(Right with { Entries = [Right.Entries[0] with { Sha256 = Hash.Zero }, Right.Entries[1]] })
            .ShouldBe(Reason.Fork);

    [Fact]
    public void A_receipt_that_names_one_message_twice_answers_nothing() =>
        Answer(Right with { Entries = [Right.Entries[0], Right.Entries[0]] }).ShouldBe(Reason.Fork);

    [Theory]
    [InlineData("\"leaf\":41", "\"leaf\":42")]
    [InlineData("\"leaf\":41", "\"leaf\":-1")]
    [InlineData("\"leaf\":41", "\"reason\":\"policy\",\"leaf\":41")]
    [InlineData(",\"leaf\":41", "")]
    [InlineData(",\"reason\":\"policy\"", "")]
    [InlineData("\"policy\"", "\"because\"")]
    [InlineData("\"policy\"", "4")]
    [InlineData("\"accepted\"", "\"lost\"")]
    [InlineData("\"seq\":1", "\"seq\":0")]
    [InlineData("\"entries\":[", "\"entries\":[null,")]
    [InlineData("\"size\":42", "\"size\":-1")]
    [InlineData("\"v\":1", "\"v\":2")]
    [InlineData("\"at\":\"2026-11-22T02:33:37.123Z\"", "\"at\":\"yesterday\"")]
    public void A_receipt_that_contradicts_itself_is_refused(string right, string wrong)
    {
        var json = JsonSerializer.Serialize(Right, WireJson.Wire.Receipt);
        json.ShouldContain(right);
        var forged = Encoding.UTF8.GetBytes(json.Replace(right, wrong, StringComparison.Ordinal));

        Open(Jws.Sign(forged, Receipt.Type, Sample.MadridKeys.Signing)).Ok.ShouldBeFalse();
    }

    [Fact]
    public void A_receipt_with_more_entries_than_an_envelope_holds_is_refused() =>
        Open((Right with { Entries = [.. Enumerable.Repeat(Right.Entries[0], 257)] }).Sign(Sample.MadridKeys.Signing))
            .Ok.ShouldBeFalse();

    [Fact]
    public void A_tree_head_opens_and_cannot_pass_for_a_receipt()
    {
        var head = new TreeHead(Sample.Madrid, 42, Hash.OfText("root"), Sample.At);
        var jws = head.Sign(Sample.MadridKeys.Signing);

        TreeHead.Open(jws, Sample.MadridKeys.Verifier).Required().ShouldBe(head);
        Open(jws).Ok.ShouldBeFalse();
    }

    [Fact]
    public void A_ledger_leaf_is_canonical_and_reads_back()
    {
        var written = new LedgerEvent(
            Sample.At,
            "liaison@es.interior",
            LedgerAction.SignIn,
            "session",
            "work",
            Link: "ma.interieur"
        );

        var leaf = written.ToLeaf();

        Encoding.UTF8.GetString(leaf).ShouldStartWith("{\"action\":\"sign-in\",\"actor\":");
        LedgerEvent.Parse(leaf).Required().ShouldBe(written);
    }

    private static Opened<Receipt> Open(string jws) => Receipt.Open(jws, Sample.MadridKeys.Verifier);

    private static Reason? Answer(Receipt receipt) => receipt.Answers(Remembered, Sample.Rabat, Sample.Madrid)?.Reason;
}
