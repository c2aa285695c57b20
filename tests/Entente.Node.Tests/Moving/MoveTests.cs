using Dapper;
using Entente.Node.Features.Backup;
using Entente.Node.Features.Moving;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Tests.Backup;
using Entente.Node.Tests.Recovery;
using Entente.Node.Tests.Support;
using Entente.Node.Verification;

namespace Entente.Node.Tests.Moving;

public sealed class MoveTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Moved_node_goes_on_with_the_same_ledger_and_messages()
    {
        await using var pair = await TestPair.LinkedAsync();
        await pair.ExchangeAsync(120);
        await using var target = await EmptyAsync();
        var root = await pair.Rabat.Services.GetRequiredService<LedgerLog>().HeadAsync(Cancellation);
        await pair.Rabat.StopAsync();

        var done = await MoveAsync(pair.Rabat.Home, target);

        (done.Head.Size, done.Head.Root).ShouldBe((root.Size, root.Root));
        pair.Rabat.Home.Load().Database.ShouldBe(target.Options.Database);
        File.Exists(done.OldFile).ShouldBeTrue();
        File.Exists(pair.Rabat.Home.DatabaseFile).ShouldBeFalse();
        await pair.Rabat.StartAsync();
        await pair.ExchangeAsync(5);
        await pair.HoldTheSameAsync(each: 125);
        await pair.VerifyAsync();
    }

    [Fact]
    public async Task Running_node_is_not_moved()
    {
        await using var pair = await TestPair.LinkedAsync();
        await using var target = await EmptyAsync();

        (await RefusedAsync(pair.Rabat.Home, target)).ShouldBeOfType<NodeIsRunning>();

        pair.Rabat.Home.Load().Database.ShouldBeNull();
        await pair.ExchangeAsync(1);
    }

    [Fact]
    public async Task Database_in_use_is_refused_and_left_alone()
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Sqlite));
        await using var target = await TestStore.CreateAsync(nameof(Engine.Postgres));
        await store.Database.DisposeAsync();

        (await RefusedAsync(store.Home, target)).ShouldBeOfType<DatabaseNotEmpty>();

        store.Home.Load().Database.ShouldBeNull();
    }

    [Fact]
    public async Task Store_that_does_not_verify_is_taken_away_again()
    {
        await using var pair = await TestPair.LinkedAsync();
        await pair.ExchangeAsync(3);
        await using var target = await EmptyAsync();
        await pair.Rabat.Database.WriteAsync(
            t => t.RunAsync("UPDATE message SET line_sha256 = 'altered'", null, Cancellation),
            Cancellation
        );
        await pair.Rabat.StopAsync();

        (await RefusedAsync(pair.Rabat.Home, target)).ShouldBeOfType<MovedDoesNotVerify>();

        (await TablesAsync(target)).ShouldBe(0);
        pair.Rabat.Home.Load().Database.ShouldBeNull();
    }

    [Fact]
    public async Task Moved_node_begins_a_new_chain_of_backups()
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Sqlite));
        await using var target = await EmptyAsync();
        using var saved = new Saved();
        await using (var node = store.Services())
        {
            await saved.MakeKeyAsync(node);
            await saved.BackUpAsync(node, "0");
        }

        await store.Database.DisposeAsync();
        await MoveAsync(store.Home, target);

        await using var moved = NodeServices.Build(store.Home, store.Home.Load());
        var next = await saved.BackUpAsync(moved, "1");
        (next.Header.Number, next.Header.Engine).ShouldBe((0, "postgres"));
    }

    private static async Task<TestStore> EmptyAsync()
    {
        var store = await TestStore.CreateAsync(nameof(Engine.Postgres));
        await store.EmptyAsync();
        return store;
    }

    private static Task<MoveDone> MoveAsync(NodeHome home, TestStore target) =>
        new MoveRun(home, TimeProvider.System).RunAsync(target.Options.Database!, _ => Advance.None, Cancellation);

    private static async Task<BackupProblem> RefusedAsync(NodeHome home, TestStore target) =>
        (await Should.ThrowAsync<BackupRefused>(() => MoveAsync(home, target))).Problem;

    private static Task<long> TablesAsync(TestStore target)
    {
        const string sql = "SELECT COUNT(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace";
        return target.Database.ReadAsync(c => c.ExecuteScalarAsync<long>(sql), Cancellation);
    }
}
