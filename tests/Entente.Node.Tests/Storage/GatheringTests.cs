using Dapper;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Tests.Storage;

/// <summary>Works whose rows wait for each other: to whoever asked for one, it looks as if it stood alone.</summary>
public sealed class GatheringTests
{
    private const string Insert = "INSERT INTO setting (name, value) VALUES (@Name, 'x')";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Works_that_fail_take_none_of_those_gathered_with_them(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var log = new LedgerLog(store.Database, TimeProvider.System, new LedgerHealth(TimeProvider.System));

        // One in nine is of the ordinary kind, between the others.
        var writes = Enumerable.Range(0, 200).Select(i => WriteAsync(store, log, i, gather: i % 9 != 0)).ToList();
        await Task.WhenAny(Task.WhenAll(writes));

        for (var i = 0; i < writes.Count; i++)
        {
            writes[i].IsFaulted.ShouldBe(Throws(i) || Repeats(i), $"work {i}");
        }

        var leaves = await LeavesAsync(store);
        leaves.Select(l => l.Object).ShouldBe(await NamesAsync(store), ignoreOrder: true);
        leaves.Count.ShouldBe(Enumerable.Range(0, 200).Count(i => !Throws(i) && !Repeats(i)));
        var head = await log.HeadAsync(Cancellation);
        head.Root.ShouldBe(MerkleTree.Root([.. leaves.Select(l => LedgerLeaf.HashOf(l.Json))]));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Work_finds_the_rows_of_those_gathered_before_it(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var hold = new TaskCompletionSource();
        var first = store.Database.WriteAsync(_ => hold.Task, Cancellation);
        var counts = Enumerable.Range(0, 20).Select(i => InsertAndCountAsync(store, i)).ToList();
        hold.SetResult();
        await first;

        (await Task.WhenAll(counts)).ShouldBe(Enumerable.Range(1, 20).Select(i => (long)i));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Work_alone_whose_row_the_database_refuses_is_not_done_and_its_caller_is_told(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var health = new LedgerHealth(TimeProvider.System);
        var log = new LedgerLog(store.Database, TimeProvider.System, health);

        await WriteAsync(store, log, 0, gather: true);
        await Should.ThrowAsync<System.Data.Common.DbException>(WriteAsync(store, log, 4, gather: true));
        await WriteAsync(store, log, 6, gather: true);

        (await LeavesAsync(store)).Select(l => l.Object).ShouldBe(["0", "6"]);
        health.CanWrite.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Large_contents_do_not_pile_up_in_memory(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        const string sql = "INSERT INTO data_key (id, wrapped) VALUES (@Id, @Wrapped)";
        var hold = new TaskCompletionSource();
        var first = store.Database.WriteAsync(_ => hold.Task, Cancellation);
        var writes = Enumerable
            .Range(0, 12)
            .Select(i =>
                store.Database.GatherAsync(
                    async t =>
                    {
                        await Bulk.ExecuteAsync(
                            t,
                            sql,
                            ["Id", "Wrapped"],
                            [
                                [$"k{i}", new byte[1_000_000]],
                            ],
                            Cancellation
                        );
                        return t.Gathering?.Bytes ?? 0;
                    },
                    Cancellation
                )
            )
            .ToList();
        hold.SetResult();
        await first;

        (await Task.WhenAll(writes)).Max().ShouldBeLessThanOrEqualTo(Gathering.MostBytes);
    }

    private static Task<long> InsertAndCountAsync(TestStore store, int i) =>
        store.Database.GatherAsync(
            async t =>
            {
                await Bulk.ExecuteAsync(
                    t,
                    Insert,
                    ["Name"],
                    [
                        [$"w{i}"],
                    ],
                    Cancellation
                );
                return await t.OneAsync<long>("SELECT COUNT(*) FROM setting WHERE value = 'x'", null, Cancellation);
            },
            Cancellation
        );

    private static Task WriteAsync(TestStore store, LedgerLog log, int i, bool gather)
    {
        return gather
            ? store.Database.GatherAsync(WorkAsync, Cancellation)
            : store.Database.WriteAsync(WorkAsync, Cancellation);

        async Task<bool> WorkAsync(Transaction t)
        {
            await log.AppendAsync(t, new LedgerEvent("node", LedgerAction.Administer, $"{i}", "test"), Cancellation);
            // A name that is there already: the database refuses, when the row goes to it.
            await Bulk.ExecuteAsync(
                t,
                Insert,
                ["Name"],
                [
                    [Repeats(i) ? "w0" : $"w{i}"],
                ],
                Cancellation
            );
            return Throws(i) ? throw new InvalidDataException("A work that thinks better of it.") : true;
        }
    }

    private static bool Throws(int i) => i % 31 == 5;

    private static bool Repeats(int i) => i % 41 == 4;

    private static Task<List<string>> NamesAsync(TestStore store)
    {
        const string sql = "SELECT name FROM setting WHERE value = 'x' AND name LIKE 'w%'";
        return store.Database.ReadAsync(
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
