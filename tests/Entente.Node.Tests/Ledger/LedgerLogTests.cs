using System.Data.Common;
using System.Text;
using Dapper;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Tests.Ledger;

public sealed class LedgerLogTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Head_is_the_root_over_every_leaf_however_they_came(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var log = Log(store);
        (await log.HeadAsync(Cancellation)).Root.ShouldBe(MerkleTree.EmptyRoot);

        foreach (var count in new[] { 1, 2, 1, 13, 40, 1, 300, 2500 })
        {
            await AppendAsync(store, log, count);
            var head = await log.HeadAsync(Cancellation);
            head.Root.ShouldBe(MerkleTree.Root(await LeavesAsync(store)));
            (await Log(store).HeadAsync(Cancellation)).Root.ShouldBe(head.Root, "a restarted node says the same");
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Every_leaf_is_proven_under_every_later_size(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var log = Log(store);
        await AppendAsync(store, log, 150);
        var leaves = await LeavesAsync(store);

        foreach (var size in new long[] { 1, 2, 15, 16, 17, 64, 100, 149, 150 })
        {
            var root = await log.RootAsync(size, Cancellation);
            for (var index = 0; index < size; index += 7)
            {
                var path = await log.InclusionAsync(index, size, Cancellation);
                MerkleTree.VerifyInclusion(leaves[index], index, size, path, root).ShouldBeTrue();
                MerkleTree.VerifyInclusion(Hash.Zero, index, size, path, root).ShouldBeFalse();
            }
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Every_earlier_head_is_proven_to_begin_the_later(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var log = Log(store);
        await AppendAsync(store, log, 90);
        var last = await log.RootAsync(90, Cancellation);

        for (var first = 0L; first <= 90; first += 9)
        {
            var proof = await log.ConsistencyAsync(first, 90, Cancellation);
            var root = await log.RootAsync(first, Cancellation);
            MerkleTree.VerifyConsistency(first, root, 90, last, proof).ShouldBeTrue($"{first} begins 90");
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Rolled_back_change_leaves_no_leaf_and_the_next_takes_its_place(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var log = Log(store);
        await AppendAsync(store, log, 5);

        await Should.ThrowAsync<InvalidDataException>(() =>
            store.Database.WriteAsync(
                async t =>
                {
                    await log.AppendAsync(t, Events(7), Cancellation);
                    throw new InvalidDataException("no");
                },
                Cancellation
            )
        );
        var first = await AppendAsync(store, log, 2);

        first.ShouldBe(5);
        (await log.HeadAsync(Cancellation)).Root.ShouldBe(MerkleTree.Root(await LeavesAsync(store)));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Several_appends_of_one_transaction_follow_each_other(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var log = Log(store);

        var firsts = await store.Database.WriteAsync(
            async t =>
                new[]
                {
                    await log.AppendAsync(t, Events(20), Cancellation),
                    await log.AppendAsync(t, Events(1)[0], Cancellation),
                    await log.AppendAsync(t, [], Cancellation),
                    await log.AppendAsync(t, Events(3), Cancellation),
                },
            Cancellation
        );

        firsts.ShouldBe([0, 20, 21, 21]);
        (await log.HeadAsync(Cancellation)).Root.ShouldBe(MerkleTree.Root(await LeavesAsync(store)));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Instances_that_append_at_once_build_one_tree_without_holes(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var other = new Database(store.Home.ConnectionString(store.Options));
        (Database Database, LedgerLog Log)[] instances =
        [
            (store.Database, Log(store)),
            (other, new LedgerLog(other, store.Clock, new LedgerHealth(store.Clock))),
        ];

        await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(i => instances[i % 2])
                .Select(i =>
                    Task.Run(() =>
                        i.Database.WriteAsync(t => i.Log.AppendAsync(t, Events(3), Cancellation), Cancellation)
                    )
                )
        );

        var head = await instances[0].Log.HeadAsync(Cancellation);
        head.Size.ShouldBe(180);
        head.Root.ShouldBe(MerkleTree.Root(await LeavesAsync(store)));
        (await instances[1].Log.HeadAsync(Cancellation)).Root.ShouldBe(head.Root);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Ledger_that_cannot_be_written_fails_the_change_and_says_so_until_it_can(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var health = new LedgerHealth(store.Clock);
        var log = new LedgerLog(store.Database, store.Clock, health);
        await ExecuteAsync(store, "ALTER TABLE ledger_leaf RENAME TO away");

        await Should.ThrowAsync<DbException>(() =>
            store.Database.WriteAsync(
                async t =>
                {
                    await t.Connection.ExecuteAsync("INSERT INTO setting VALUES ('a', 'b')", transaction: t.Inner);
                    await log.AppendAsync(t, Events(1), Cancellation);
                },
                Cancellation
            )
        );

        health.CanWrite.ShouldBeFalse();
        health.Left.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromHours(3.9));
        (await CountAsync(store, "setting WHERE name = 'a'")).ShouldBe(0);

        await ExecuteAsync(store, "ALTER TABLE away RENAME TO ledger_leaf");
        await AppendAsync(store, log, 1);
        health.CanWrite.ShouldBeTrue();
    }

    [Fact]
    public void Leaf_is_the_canonical_json_of_the_event_whatever_it_holds()
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(1_795_000_000_123);
        var hash = Hash.Of("x"u8).ToString();
        LedgerEvent[] events =
        [
            new("node", LedgerAction.SignIn, "account:1", "ok"),
            new("a.b@c", LedgerAction.Disclose, "message:1", "request", hash, "es.interior"),
            new("a\"b\\c", LedgerAction.Decide, "case:é€", "tab\there", null, "fi.sm"),
            new("مكتب", LedgerAction.Administer, "x:\u2028\ud83d\ude00", "\u0001", hash),
        ];

        foreach (var e in events)
        {
            var text = LedgerLeaf.Text(e, at);
            text.ShouldBe(Encoding.UTF8.GetString(LedgerLeaf.General(e, at).ToLeaf()));
            CanonicalJson.Of(Encoding.UTF8.GetBytes(text)).Value.ShouldBe(Encoding.UTF8.GetBytes(text));
        }
    }

    [Fact]
    public void Actions_of_the_node_are_those_of_the_protocol_in_the_same_order() =>
        Enum.GetNames<LedgerAction>().ShouldBe(Enum.GetNames<Entente.Protocol.LedgerAction>());

    internal static LedgerLog Log(TestStore store) => new(store.Database, store.Clock, new LedgerHealth(store.Clock));

    internal static List<LedgerEvent> Events(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new LedgerEvent("agent", LedgerAction.Consult, $"message:{i}", "request")),
        ];

    internal static Task<long> AppendAsync(TestStore store, LedgerLog log, int count) =>
        store.Database.WriteAsync(t => log.AppendAsync(t, Events(count), Cancellation), Cancellation);

    private static async Task<List<Hash>> LeavesAsync(TestStore store)
    {
        var leaves = await store.Database.ReadAsync(
            c => c.QueryAsync<string>("SELECT json FROM ledger_leaf ORDER BY idx"),
            Cancellation
        );
        return [.. leaves.Select(l => MerkleTree.LeafHash(Encoding.UTF8.GetBytes(l)))];
    }

#pragma warning disable CA2100 // Constants of this file.
    private static Task<int> ExecuteAsync(TestStore store, string sql) =>
        store.Database.WriteAsync(t => t.Connection.ExecuteAsync(sql, transaction: t.Inner), Cancellation);

    private static Task<int> CountAsync(TestStore store, string from) =>
        store.Database.ReadAsync(c => c.ExecuteScalarAsync<int>($"SELECT COUNT(*) FROM {from}"), Cancellation);
#pragma warning restore CA2100
}
