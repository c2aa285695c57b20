using System.Security.Cryptography;
using Entente.Node.Features.Audit;
using Entente.Node.Features.Carrier;
using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Node.Tests.Backup;
using Entente.Node.Tests.Support;
using Entente.Node.Verification;
using Entente.Protocol;

namespace Entente.Node.Tests.Carrier;

/// <summary>A restored node whose link has no wire asks, is answered and declares by files carried to and fro.</summary>
public sealed class CarriedRecoveryTests : IDisposable
{
    private readonly string _medium = Directory.CreateTempSubdirectory("entente-medium-").FullName;
    private readonly Saved _saved = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _saved.Dispose();
        Directory.Delete(_medium, recursive: true);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Restored_node_asks_by_hand_is_answered_and_goes_on(string engine)
    {
        var (rabat, madrid) = await StillNode.PairAsync(engine);
        await using var __ = madrid;
        await using var _ = rabat;
        await _saved.MakeKeyAsync(rabat.Get<IServiceProvider>());
        await ExchangeAsync(rabat, madrid, 3);
        await _saved.BackUpAsync(rabat.Get<IServiceProvider>(), "0");
        var file = await SendFileAsync(rabat, madrid);
        await ExchangeAsync(rabat, madrid, 300);
        await using var elsewhere = await PutBackAsync(rabat, engine);

        var refused = await rabat.ExportAsync(madrid.Id, Medium("no"));
        (await AskAsync(rabat, madrid.Id, Medium("ask"))).Fault.ShouldBeNull();
        var answer = await madrid.ImportAsync(Medium("ask"));
        var taken = await rabat.ImportAsync(answer.ReceiptFile!);
        var declared = await madrid.ImportAsync(taken.ReceiptFile!);

        refused.Fault.ShouldBe(new Recovering(madrid.Id));
        (answer.Fault, taken.Fault, declared.Fault).ShouldBe((null, null, null));
        await ExchangeAsync(rabat, madrid, 2);
        (await rabat.ReceivedAsync()).Count.ShouldBe(305);
        (await madrid.ReceivedAsync()).Count.ShouldBe(306);
        (await rabat.StateAsync(file)).ShouldBe(MessageState.Delivered);
        rabat
            .Get<AttachmentFiles>()
            .IsComplete(AttachmentFiles.Outgoing, file.Attachments![0].Id!.Value, file.Attachments[0].Size)
            .ShouldBeTrue();
        (await AlarmsAsync(madrid)).ShouldBe([AlarmKind.LedgerShrunk.Code, AlarmKind.PartnerForgot.Code]);
        (await AlarmsAsync(rabat)).ShouldBeEmpty();
        foreach (var node in (StillNode[])[rabat, madrid])
        {
            var (report, _) = await NodeVerification.RunAsync(node.Home, _ => Advance.None, Cancellation);
            report.Problems.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Answer_that_was_cut_short_or_changed_brings_nothing_and_raises_no_alarm()
    {
        var (rabat, madrid) = await StillNode.PairAsync();
        await using var __ = madrid;
        await using var _ = rabat;
        await _saved.MakeKeyAsync(rabat.Get<IServiceProvider>());
        await _saved.BackUpAsync(rabat.Get<IServiceProvider>(), "0");
        await ExchangeAsync(rabat, madrid, 3);
        await PutBackAsync(rabat, nameof(Engine.Sqlite));
        await AskAsync(rabat, madrid.Id, Medium("ask"));
        var answer = (await madrid.ImportAsync(Medium("ask"))).ReceiptFile!; // It was answered.
        var whole = await File.ReadAllLinesAsync(answer, Cancellation);
        await File.WriteAllLinesAsync(Medium("cut"), whole[..^1], Cancellation);

        (await rabat.ImportAsync(Medium("cut"))).Fault.ShouldBeOfType<CutShort>();
        (await madrid.ImportAsync(answer)).Fault.ShouldBeOfType<ForAnotherNode>();
        (await rabat.ReceivedAsync()).ShouldBeEmpty();
        (await AlarmsAsync(rabat)).ShouldBeEmpty();
        (await rabat.ImportAsync(answer)).Fault.ShouldBeNull();
        (await rabat.ReceivedAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Question_of_somebody_else_is_not_answered()
    {
        var (rabat, madrid) = await StillNode.PairAsync();
        await using var __ = madrid;
        await using var _ = rabat;
        var (stranger, _) = await StillNode.PairAsync();
        await using var ___ = stranger;
        await AskAsync(stranger, madrid.Id, Medium("ask"));

        var answer = await madrid.ImportAsync(Medium("ask"));

        answer.Fault.ShouldBe(new QuestionNotTaken());
        File.Exists(Medium("ask.receipts")).ShouldBeFalse();
    }

    private string Medium(string name) => Path.Combine(_medium, name);

    private static Task<CarrierWritten> AskAsync(StillNode node, string partner, string file) =>
        node.Get<CarriedRecovery>().AskAsync(partner, file, Cancellation);

    /// <summary>So many messages each way, carried there and receipted.</summary>
    private async Task ExchangeAsync(StillNode rabat, StillNode madrid, int each)
    {
        await rabat.SendAsync([.. Enumerable.Range(0, each).Select(_ => TestMessages.Request())]);
        await madrid.SendAsync([.. Enumerable.Range(0, each).Select(_ => TestMessages.Request(madrid.Id, rabat.Id))]);
        await CarryAsync(rabat, madrid);
        await CarryAsync(madrid, rabat);
    }

    private async Task CarryAsync(StillNode from, StillNode to)
    {
        var file = Medium($"{from.Id}.entente");
        (await from.ExportAsync(to.Id, file)).Fault.ShouldBeNull();
        var taken = await to.ImportAsync(file);
        taken.Fault.ShouldBeNull();
        (await from.ImportAsync(taken.ReceiptFile!)).Fault.ShouldBeNull(); // Something was carried.
    }

    private async Task<Message> SendFileAsync(StillNode from, StillNode to)
    {
        using var stream = new MemoryStream(RandomNumberGenerator.GetBytes(AttachmentChunks.ChunkSize + 5));
        var kept = await from.Get<AttachmentStore>().KeepAsync("essai.bin", "a/b", stream, Cancellation);
        var message = TestMessages.Request() with { Attachments = [kept!] };
        await from.SendAsync(message);
        await CarryAsync(from, to);
        return message;
    }

    private async Task<TestStore?> PutBackAsync(StillNode node, string engine)
    {
        var elsewhere = engine == nameof(Engine.Postgres) ? await TestStore.CreateAsync(engine) : null;
        await (elsewhere?.EmptyAsync() ?? Task.CompletedTask);
        await node.ReplaceAsync(() =>
            Saved.RestoreAsync(
                _saved.Order("0") with
                {
                    Folder = node.Home.Folder,
                    Replace = true,
                    Database = elsewhere?.Options.Database,
                }
            )
        );
        return elsewhere;
    }

    private static async Task<IEnumerable<string>> AlarmsAsync(StillNode node) =>
        (await node.Get<Alarms>().ListAsync(Cancellation)).Select(alarm => alarm.Kind).Order();
}
