using System.Security.Cryptography;
using Entente.Node.Features.Backup;
using Entente.Node.Features.Delivery;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Node.Verification;

namespace Entente.Node.Tests.Backup;

public sealed class BackupTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Restored_chain_is_the_node_as_it_was_at_the_last_backup(string engine)
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        using var saved = new Saved();
        await saved.MakeKeyAsync(pair.Rabat.Services);
        await SendAsync(pair.Rabat, 200);
        var full = await saved.BackUpAsync(pair.Rabat.Services, "0");
        await SendAsync(pair.Rabat, 10);
        var increment = await saved.BackUpAsync(pair.Rabat.Services, "1");
        increment.Header.Number.ShouldBe(1);
        increment.Totals.NewBytes.ShouldBeLessThan(full.Totals.NewBytes);
        await using var other = await ElsewhereAsync(engine);

        await Saved.RestoreAsync(saved.Order("0", "1") with { Database = other?.Options.Database });

        await using var restored = saved.Open();
        var messages = await restored.GetRequiredService<Database>().MessagesAsync(MessageDirection.Out, Cancellation);
        messages.Count.ShouldBe(210);
        (await VerifyAsync(saved.Restored)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Backup_is_taken_while_the_node_writes_and_is_one_moment_of_it()
    {
        await using var pair = await TestPair.LinkedAsync();
        using var saved = new Saved();
        await saved.MakeKeyAsync(pair.Rabat.Services);

        var traffic = Task.Run(() => SendAsync(pair.Rabat, 300, each: true), Cancellation);
        await saved.BackUpAsync(pair.Rabat.Services, "0");
        await saved.BackUpAsync(pair.Rabat.Services, "1");
        await traffic;

        await saved.RestoreAsync("0", "1");
        (await VerifyAsync(saved.Restored)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Attachments_and_keys_come_back_and_are_written_once_a_chain()
    {
        await using var pair = await TestPair.LinkedAsync();
        using var saved = new Saved();
        await saved.MakeKeyAsync(pair.Rabat.Services);
        var store = pair.Rabat.Services.GetRequiredService<AttachmentStore>();
        var content = RandomNumberGenerator.GetBytes(3 << 20);
        var kept = await store.KeepAsync(
            "piece.bin",
            "application/octet-stream",
            new MemoryStream(content),
            Cancellation
        );
        var full = await saved.BackUpAsync(pair.Rabat.Services, "0");
        var increment = await saved.BackUpAsync(pair.Rabat.Services, "1");

        await saved.RestoreAsync("1", "0");

        full.Size.ShouldBeGreaterThan(3 << 20);
        increment.Size.ShouldBeLessThan(1 << 20);
        var home = new NodeHome(saved.Restored);
        new AttachmentFiles(home).IsComplete(AttachmentFiles.Outgoing, kept!.Id!.Value, content.Length).ShouldBeTrue();
        using var master = MasterKey.Load(home.MasterKeyFile);
        using var keys = NodeKeys.Load(home, master);
        keys.Signing.Kid.ShouldBe(pair.Rabat.Services.GetRequiredService<NodeKeys>().Signing.Kid);
    }

    [Fact]
    public async Task Backup_and_restore_are_in_the_ledger()
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Sqlite));
        using var saved = new Saved();
        await using var node = store.Services();
        await saved.MakeKeyAsync(node);

        await saved.BackUpAsync(node, "0");
        await saved.RestoreAsync("0");

        var ledger = node.GetRequiredService<LedgerLog>();
        (await ledger.LeafAsync(await ledger.SizeAsync(Cancellation) - 1, Cancellation))!.ShouldContain(
            "\"why\":\"backup\""
        );
        await using var restored = saved.Open();
        var after = restored.GetRequiredService<LedgerLog>();
        (await after.LeafAsync(await after.SizeAsync(Cancellation) - 1, Cancellation))!.ShouldContain(
            "\"why\":\"restore\""
        );
    }

    [Fact]
    public async Task Node_that_has_no_card_yet_is_restored_like_any_other()
    {
        await using var node = await TestNode.StartAsync("ma.interieur");
        using var saved = new Saved();
        await saved.MakeKeyAsync(node.Services);
        await node.RestartAsync(); // Signs its ledger's head when it stops.
        await saved.BackUpAsync(node.Services, "0");

        await saved.RestoreAsync("0");

        (await VerifyAsync(saved.Restored)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task New_recovery_key_begins_a_new_chain()
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Sqlite));
        using var saved = new Saved();
        await using var node = store.Services();
        await saved.MakeKeyAsync(node);
        await saved.BackUpAsync(node, "0");

        await saved.MakeKeyAsync(node, "second.key");

        (await saved.BackUpAsync(node, "1")).Header.Number.ShouldBe(0);
    }

    [Fact]
    public async Task Recovery_key_file_is_its_owners_only_and_holds_words()
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Sqlite));
        using var saved = new Saved();
        await using var node = store.Services();

        await saved.MakeKeyAsync(node);

        (await File.ReadAllTextAsync(saved.KeyFile, Cancellation)).ShouldStartWith("Recovery key of the entente node");
    }

    /// <summary>An empty place in the server for what comes back; null where the database is in the node's folder.</summary>
    private static async Task<TestStore?> ElsewhereAsync(string engine)
    {
        if (engine == nameof(Engine.Sqlite))
        {
            return null;
        }

        var store = await TestStore.CreateAsync(engine);
        await store.EmptyAsync();
        return store;
    }

    private static async Task SendAsync(TestNode node, int count, bool each = false)
    {
        var messages = Enumerable.Range(0, count).Select(_ => TestMessages.Request()).ToList();
        foreach (var some in messages.Chunk(each ? 1 : count))
        {
            await node.SendAllAsync(some);
        }

        await node.WaitAsync(messages[^1], MessageState.Delivered);
    }

    private static async Task<Report> VerifyAsync(string folder)
    {
        var home = new NodeHome(folder);
        return (await NodeVerification.RunAsync(home, _ => Advance.None, Cancellation)).Report;
    }
}
