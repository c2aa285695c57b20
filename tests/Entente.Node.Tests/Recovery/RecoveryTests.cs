using System.Security.Cryptography;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Audit;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Recovery;
using Entente.Node.Storage;
using Entente.Node.Tests.Backup;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Recovery;

public sealed class RecoveryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Restored_node_gets_back_what_it_forgot_and_goes_on(string engine)
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        using var saved = new Saved();
        await saved.MakeKeyAsync(pair.Rabat.Services);
        await pair.ExchangeAsync(20);
        await saved.BackUpAsync(pair.Rabat.Services, "0");
        await pair.ExchangeAsync(300);
        await using var elsewhere = await saved.PutBackAsync(pair.Rabat, engine);

        await pair.Rabat.StartAsync();
        await pair.ExchangeAsync(5);

        await pair.HoldTheSameAsync(each: 325);
        await pair.VerifyAsync();
        var book = pair.Rabat.Services.GetRequiredService<RecoveryBook>();
        var row = await book.FindAsync(pair.Madrid.Id, Cancellation);
        (row!.Asking, row.Sent, row.Received).ShouldBe((false, 300, 300));
    }

    [Fact]
    public async Task Partner_s_officers_are_alarmed_once_and_the_restored_node_s_are_not()
    {
        await using var pair = await TestPair.LinkedAsync();
        using var saved = new Saved();
        await saved.MakeKeyAsync(pair.Rabat.Services);
        await saved.BackUpAsync(pair.Rabat.Services, "0");
        await pair.ExchangeAsync(10);
        await saved.PutBackAsync(pair.Rabat);

        await pair.Rabat.StartAsync();
        await pair.ExchangeAsync(30);

        var alarms = await pair.Madrid.Services.GetRequiredService<Alarms>().ListAsync(Cancellation);
        alarms.Select(a => a.Kind).Order().ShouldBe([AlarmKind.LedgerShrunk.Code, AlarmKind.PartnerForgot.Code]);
        alarms.ShouldContain(a => a.Detail.StartsWith("restored size=", StringComparison.Ordinal));
        (await pair.Rabat.Services.GetRequiredService<Alarms>().ListAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Message_still_queued_in_the_backup_is_not_sent_twice()
    {
        await using var pair = await TestPair.LinkedAsync();
        using var saved = new Saved();
        await saved.MakeKeyAsync(pair.Rabat.Services);
        await pair.ExchangeAsync(1);
        await pair.Madrid.StopAsync();
        var (first, last) = (TestMessages.Request(), TestMessages.Request());
        await pair.Rabat.SendAsync(first);
        await pair.Rabat.WaitAsync(first, MessageState.Sealed);
        await pair.Rabat.SendAsync(last);
        await saved.BackUpAsync(pair.Rabat.Services, "0");
        (await pair.Rabat.FindAsync(last))!.State.ShouldBe(MessageState.Queued);
        await pair.Madrid.StartAsync();
        await pair.Rabat.WaitAsync(last, MessageState.Delivered);
        await saved.PutBackAsync(pair.Rabat);

        await pair.Rabat.StartAsync();
        await pair.ExchangeAsync(1);

        (await pair.Madrid.ReceivedAsync()).Count.ShouldBe(4);
        (await pair.Rabat.FindAsync(last))!.State.ShouldBe(MessageState.Delivered);
        await pair.VerifyAsync();
    }

    [Fact]
    public async Task Files_that_travel_apart_come_back_both_ways()
    {
        await using var pair = await TestPair.LinkedAsync();
        using var saved = new Saved();
        await saved.MakeKeyAsync(pair.Rabat.Services);
        await saved.BackUpAsync(pair.Rabat.Services, "0");
        var content = RandomNumberGenerator.GetBytes(2_500_000);
        var sent = await SendFileAsync(pair.Rabat, pair.Madrid, content);
        var received = await SendFileAsync(pair.Madrid, pair.Rabat, content);
        await saved.PutBackAsync(pair.Rabat);

        await pair.Rabat.StartAsync();
        await pair.ExchangeAsync(1);

        (await ReadFileAsync(pair.Rabat, sent)).SequenceEqual(content).ShouldBeTrue();
        (await ReadFileAsync(pair.Rabat, received)).SequenceEqual(content).ShouldBeTrue();
    }

    [Fact]
    public async Task Node_put_back_from_a_plain_copy_notices_by_itself()
    {
        await using var pair = await TestPair.LinkedAsync();
        await pair.ExchangeAsync(5);
        await pair.Rabat.StopAsync();
        var copy = await File.ReadAllBytesAsync(pair.Rabat.Home.DatabaseFile, Cancellation);
        await pair.Rabat.StartAsync();
        await pair.ExchangeAsync(5);
        await pair.Rabat.StopAsync();
        await File.WriteAllBytesAsync(pair.Rabat.Home.DatabaseFile, copy, Cancellation);

        await pair.Rabat.StartAsync();
        await pair.ExchangeAsync(5);

        await pair.HoldTheSameAsync(each: 15);
        await pair.VerifyAsync();
    }

    [Fact]
    public async Task Both_nodes_restored_recover_what_either_still_has()
    {
        await using var pair = await TestPair.LinkedAsync();
        using var rabat = new Saved();
        using var madrid = new Saved();
        await rabat.MakeKeyAsync(pair.Rabat.Services);
        await madrid.MakeKeyAsync(pair.Madrid.Services);
        await pair.ExchangeAsync(5);
        await rabat.BackUpAsync(pair.Rabat.Services, "0");
        await pair.ExchangeAsync(5);
        await madrid.BackUpAsync(pair.Madrid.Services, "0");
        await pair.ExchangeAsync(5);
        await rabat.PutBackAsync(pair.Rabat);
        await madrid.PutBackAsync(pair.Madrid);

        await Task.WhenAll(pair.Rabat.StartAsync(), pair.Madrid.StartAsync());
        await pair.ExchangeAsync(5);

        await pair.HoldTheSameAsync(each: 15);
        await pair.VerifyAsync();
    }

    [Fact]
    public async Task Link_s_page_says_that_the_node_is_asking()
    {
        await using var node = await RunningNode.StartAsync();
        await using var partner = await TestStore.CreateAsync(nameof(Engine.Sqlite), node: "es.interior");
        await using var services = partner.Services();
        await node.Services.LinkAsync(await services.CardAsync());
        await node.Services.GetRequiredService<RecoveryBook>().BeginAsync("es.interior", null, Cancellation);
        using var officer = await node.SignedInAsync("securite1", Role.Security);

        var page = await officer.GetAsync("/links/es.interior", Cancellation);

        page.Document.QuerySelector(".alert-danger")!.TextContent.ShouldContain("Ce nœud a été restauré");
    }

    private static async Task<Message> SendFileAsync(TestNode from, TestNode to, byte[] content)
    {
        var store = from.Services.GetRequiredService<AttachmentStore>();
        const string type = "application/octet-stream";
        var kept = await store.KeepAsync("piece.bin", type, new MemoryStream(content), Cancellation);
        var message = TestMessages.Request(from.Id, to.Id) with { Attachments = [kept!] };
        await from.SendAsync(message);
        await from.WaitAsync(message, MessageState.Delivered);
        return message;
    }

    private static async Task<byte[]> ReadFileAsync(TestNode node, Message message)
    {
        var opened = (await node.Messages.OpenAsync(message.Id.ToString(), Cancellation))!; // It came back.
        using var copy = new MemoryStream();
        var store = node.Services.GetRequiredService<AttachmentStore>();
        var file = opened.Message.Attachments![0]; // It was sent with one.
        (await store.CopyToAsync(opened.Stored, file, copy, Cancellation)).ShouldBeNull();
        return copy.ToArray();
    }
}
