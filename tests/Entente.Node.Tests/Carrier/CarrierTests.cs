using System.Security.Cryptography;
using Entente.Node.Features.Carrier;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Recovery;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Carrier;

/// <summary>Files carried by hand between two nodes that nothing else joins.</summary>
public sealed class CarrierTests : IDisposable
{
    private readonly string _medium = Directory.CreateTempSubdirectory("entente-medium-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string FileA => Path.Combine(_medium, "a.entente");

    private string FileB => Path.Combine(_medium, "b.entente");

    public void Dispose() => Directory.Delete(_medium, recursive: true);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Messages_and_files_cross_an_air_gap_and_their_receipts_come_back(string engine)
    {
        var (rabat, madrid) = await StillNode.PairAsync(engine);
        await using var _ = rabat;
        await using var __ = madrid;
        var file = RandomNumberGenerator.GetBytes((2 * AttachmentChunks.ChunkSize) + 123);
        using var stream = new MemoryStream(file);
        var attachment = await rabat.Get<AttachmentStore>().KeepAsync("essai.bin", "a/b", stream, Cancellation);
        List<Message> messages = [.. Enumerable.Range(0, 300).Select(_ => TestMessages.Request())];
        messages[7] = messages[7] with { Attachments = [attachment!] };
        await rabat.SendAsync(messages);

        var written = await rabat.ExportAsync(madrid.Id, FileA);
        var taken = await madrid.ImportAsync(FileA);
        var settled = await rabat.ImportAsync(taken.ReceiptFile!);
        var nothing = await rabat.ExportAsync(madrid.Id, FileB);

        (written.Header!.Envelopes, written.Header.Chunks).ShouldBe((2, 3));
        (taken.Envelopes, taken.Fault).ShouldBe((2, null));
        (settled.Receipts, settled.Fault).ShouldBe((2, null));
        (await madrid.ReceivedAsync()).ShouldBe(messages.Select(m => m.Id.ToString()));
        (await rabat.StateAsync(messages[299])).ShouldBe(MessageState.Delivered);
        nothing.Header!.Lines.ShouldBe(0);
        File.Exists(FileB).ShouldBeFalse();
        using var copy = new MemoryStream();
        var opened = (await madrid.Get<MessageStore>().OpenAsync(messages[7].Id.ToString(), Cancellation))!;
        await madrid.Get<AttachmentStore>().CopyToAsync(opened.Stored, attachment!, copy, Cancellation);
        copy.ToArray().SequenceEqual(file).ShouldBeTrue();
    }

    [Fact]
    public async Task File_cut_off_on_its_way_is_taken_as_far_as_it_goes_and_then_goes_on()
    {
        var (rabat, madrid) = await StillNode.PairAsync();
        await using var _ = rabat;
        await using var __ = madrid;
        var messages = Enumerable.Range(0, 6).Select(_ => TestMessages.Request()).ToList();
        await rabat.SendApartAsync(madrid.Id, messages);
        await rabat.ExportAsync(madrid.Id, FileA);
        var whole = await File.ReadAllBytesAsync(FileA, Cancellation);

        await File.WriteAllBytesAsync(FileB, whole[..(whole.Length / 2)], Cancellation);
        var half = await madrid.ImportAsync(FileB);
        var settledHalf = await rabat.ImportAsync(half.ReceiptFile!);
        var all = await madrid.ImportAsync(FileA);
        var settled = await rabat.ImportAsync(all.ReceiptFile!);

        half.Fault.ShouldBe(new CutShort(half.Envelopes, 6));
        half.Envelopes.ShouldBeInRange(1, 4);
        settledHalf.Receipts.ShouldBe(half.Envelopes);
        (all.Envelopes, all.Fault).ShouldBe((6, null));
        (settled.Receipts, settled.Known).ShouldBe((6 - half.Envelopes, half.Envelopes));
        (await madrid.ReceivedAsync()).ShouldBe(messages.Select(m => m.Id.ToString()));
    }

    [Fact]
    public async Task Damaged_line_is_named_and_nothing_before_or_after_it_is_lost()
    {
        var (rabat, madrid) = await StillNode.PairAsync();
        await using var _ = rabat;
        await using var __ = madrid;
        var messages = Enumerable.Range(0, 4).Select(_ => TestMessages.Request()).ToList();
        await rabat.SendApartAsync(madrid.Id, messages);
        await rabat.ExportAsync(madrid.Id, FileA);
        var lines = await File.ReadAllLinesAsync(FileA, Cancellation);
        var middle = lines[3].Length / 2;
        lines[3] = lines[3][..middle] + (lines[3][middle] == 'A' ? 'B' : 'A') + lines[3][(middle + 1)..];
        await File.WriteAllTextAsync(FileB, string.Join('\n', lines) + "\n", Cancellation);

        var damaged = await madrid.ImportAsync(FileB);
        var received = await madrid.ReceivedAsync();
        var whole = await madrid.ImportAsync(FileA);

        damaged.Fault.ShouldBeOfType<Damaged>().Line.ShouldBe(4);
        damaged.ReceiptFile.ShouldNotBeNull();
        received.ShouldBe(messages.Take(2).Select(m => m.Id.ToString()));
        whole.Fault.ShouldBeNull();
        (await madrid.ReceivedAsync()).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Later_file_says_that_an_earlier_one_is_missing()
    {
        var (rabat, madrid) = await StillNode.PairAsync();
        await using var _ = rabat;
        await using var __ = madrid;
        await rabat.SendApartAsync(madrid.Id, [TestMessages.Request(), TestMessages.Request()]);
        await rabat.ExportAsync(madrid.Id, FileA);
        var lines = await File.ReadAllLinesAsync(FileA, Cancellation);
        await File.WriteAllTextAsync(FileB, $"{lines[0]}\n{lines[2]}\n", Cancellation);

        (await madrid.ImportAsync(FileB)).Fault.ShouldBe(new EarlierMissing(1));
        (await madrid.ImportAsync(FileA)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task File_that_is_not_for_this_node_or_no_carrier_file_is_refused_in_words()
    {
        var (rabat, madrid) = await StillNode.PairAsync();
        await using var _ = rabat;
        await using var __ = madrid;
        await rabat.SendAsync(TestMessages.Request());
        await rabat.ExportAsync(madrid.Id, FileA);
        await File.WriteAllTextAsync(FileB, "Bonjour\n", Cancellation);

        (await rabat.ImportAsync(FileA)).Fault.ShouldBe(new ForAnotherNode("es.interior"));
        (await madrid.ImportAsync(FileB)).Fault.ShouldBeOfType<NotACarrierFile>();
        (await rabat.ExportAsync("de.bmi", FileB)).Fault.ShouldBe(new NoActiveLink("de.bmi"));
    }

    [Fact]
    public async Task Node_that_is_asking_what_it_forgot_neither_seals_for_a_carrier_nor_takes_from_one()
    {
        var (rabat, madrid) = await StillNode.PairAsync();
        await using var _ = rabat;
        await using var __ = madrid;
        await rabat.SendAsync(TestMessages.Request());
        await rabat.ExportAsync(madrid.Id, FileA);
        await rabat.Get<RecoveryBook>().BeginAsync(madrid.Id, null, Cancellation);
        await madrid.Get<RecoveryBook>().BeginAsync(rabat.Id, null, Cancellation);

        (await rabat.ExportAsync(madrid.Id, FileB)).Fault.ShouldBe(new Recovering(madrid.Id));
        (await madrid.ImportAsync(FileA)).Fault.ShouldBe(new Recovering(rabat.Id));
        (await madrid.ReceivedAsync()).ShouldBeEmpty();
    }
}
