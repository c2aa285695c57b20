using Dapper;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Tests.Storage;

/// <summary>Works that share a commit: each is done whole or not at all, whatever becomes of the others.</summary>
public sealed class WriteQueueTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Work_that_fails_takes_none_of_its_company_with_it(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var log = new LedgerLog(store.Database, TimeProvider.System, new LedgerHealth(TimeProvider.System));

        var writes = Enumerable.Range(0, 300).Select(i => WriteAsync(store, log, i)).ToList();
        await Task.WhenAny(Task.WhenAll(writes));

        for (var i = 0; i < writes.Count; i++)
        {
            writes[i].IsFaulted.ShouldBe(Fails(i), $"work {i}");
        }

        var leaves = await LeavesAsync(store);
        leaves.Select(l => l.Object).ShouldBe(await NamesAsync(store), ignoreOrder: true);
        leaves.Count.ShouldBe(Enumerable.Range(0, 300).Count(i => !Fails(i)));
        var head = await log.HeadAsync(Cancellation);
        head.Root.ShouldBe(MerkleTree.Root([.. leaves.Select(l => LedgerLeaf.HashOf(l.Json))]));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Works_are_done_in_the_order_in_which_they_were_asked_for(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var log = new LedgerLog(store.Database, TimeProvider.System, new LedgerHealth(TimeProvider.System));

        await Task.WhenAll(Enumerable.Range(0, 500).Where(i => !Fails(i)).Select(i => WriteAsync(store, log, i)));

        var order = (await LeavesAsync(store)).Select(l => int.Parse(l.Object, null)).ToList();
        order.ShouldBe(order.Order());
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Work_given_up_before_its_turn_is_not_done(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var log = new LedgerLog(store.Database, TimeProvider.System, new LedgerHealth(TimeProvider.System));
        using var impatience = new CancellationTokenSource();
        var hold = new TaskCompletionSource();
        var first = store.Database.WriteAsync(_ => hold.Task, Cancellation);
        var second = store.Database.WriteAsync(t => log.AppendAsync(t, Event(0), Cancellation), impatience.Token);

        await impatience.CancelAsync();
        hold.SetResult();
        await first;

        await Should.ThrowAsync<OperationCanceledException>(second);
        (await LeavesAsync(store)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Officer_does_not_wait_behind_a_flood_and_the_flood_is_not_starved()
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Sqlite));
        var hold = new TaskCompletionSource();
        var first = store.Database.WriteAsync(_ => hold.Task, Cancellation);
        var done = new List<string>();
        Task<bool> Note(string what)
        {
            done.Add(what);
            return Task.FromResult(true);
        }

        var flood = Enumerable
            .Range(0, 200)
            .Select(_ => store.Database.WriteBehindAsync(_ => Note("bulk"), Cancellation));
        Task[] waiting = [.. flood];
        Task[] officers =
        [
            .. Enumerable.Range(0, 40).Select(_ => store.Database.WriteAsync(_ => Note("officer"), Cancellation)),
        ];
        hold.SetResult();
        await Task.WhenAll([first, .. waiting, .. officers]);

        done.IndexOf("officer").ShouldBeLessThan(2);
        done.LastIndexOf("officer").ShouldBeLessThan(50);
        done.Take(40).ShouldContain("bulk");
        done.Count.ShouldBe(240);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_fails_after_the_commit_is_told_to_its_own_caller_only(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var log = new LedgerLog(store.Database, TimeProvider.System, new LedgerHealth(TimeProvider.System));
        var hold = new TaskCompletionSource();
        var first = store.Database.WriteAsync(_ => hold.Task, Cancellation);
        var failing = store.Database.WriteAsync(
            async t =>
            {
                await log.AppendAsync(t, Event(0), Cancellation);
                t.AfterCommit(() => throw new InvalidDataException("It should not."));
            },
            Cancellation
        );
        var other = WriteAsync(store, log, 2);
        hold.SetResult();

        await Should.ThrowAsync<InvalidDataException>(failing);
        await Task.WhenAll(first, other);
        (await LeavesAsync(store)).Count.ShouldBe(2);
    }

    private static Task WriteAsync(TestStore store, LedgerLog log, int i) =>
        store.Database.WriteAsync(
            async t =>
            {
                const string sql = "INSERT INTO setting (name, value) VALUES (@Name, 'x')";
                await log.AppendAsync(t, Event(i), Cancellation);
                await t.RunAsync(sql, new { Name = $"w{i}" }, Cancellation);
                if (i % 3 == 1)
                {
                    throw new InvalidDataException("A work that thinks better of it.");
                }

                // The name is there already: the database refuses.
                await (i % 7 == 3 ? t.RunAsync(sql, new { Name = $"w{i}" }, Cancellation) : Task.CompletedTask);
            },
            Cancellation
        );

    private static bool Fails(int i) => i % 3 == 1 || i % 7 == 3;

    private static LedgerEvent Event(int i) => new("node", LedgerAction.Administer, $"{i}", "test");

    private static async Task<List<string>> NamesAsync(TestStore store)
    {
        const string sql = "SELECT name FROM setting WHERE value = 'x' AND name LIKE 'w%'";
        return await store.Database.ReadAsync(
            async c => (await c.QueryAsync<string>(sql)).Select(name => name[1..]).ToList(),
            Cancellation
        );
    }

    private static Task<List<Leaf>> LeavesAsync(TestStore store)
    {
        const string sql = "SELECT object, json FROM ledger_leaf ORDER BY idx";
        return store.Database.ReadAsync(async c => (await c.QueryAsync<Leaf>(sql)).AsList(), Cancellation);
    }

    private sealed class Leaf
    {
        public required string Object { get; init; }
        public required string Json { get; init; }
    }
}
