using System.Data.Common;
using Dapper;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Storage;

public sealed class DatabaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Exception_rolls_back_everything_and_runs_nothing_after(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var told = false;

        await Should.ThrowAsync<InvalidDataException>(() =>
            store.Database.WriteAsync(
                async t =>
                {
                    t.AfterCommit(() => told = true);
                    await InsertAsync(t, "lost");
                    throw new InvalidDataException("no");
                },
                Cancellation
            )
        );

        told.ShouldBeFalse();
        (await CountAsync(store)).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Nodes_on_one_server_do_not_wait_for_each_other(string engine)
    {
        await using var one = await TestStore.CreateAsync(engine);
        await using var other = await TestStore.CreateAsync(engine, node: "es.interior");

        await one.Database.WriteAsync(
            async t =>
            {
                await InsertAsync(t, "mine");
                await other
                    .Database.WriteAsync(o => InsertAsync(o, "yours"), Cancellation)
                    .WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
            },
            Cancellation
        );

        (await CountAsync(one)).ShouldBe(1);
        (await CountAsync(other)).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Failed_statement_leaves_the_store_writable(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await store.Database.WriteAsync(t => InsertAsync(t, "one"), Cancellation);

        await Should.ThrowAsync<DbException>(() => store.Database.WriteAsync(t => InsertAsync(t, "one"), Cancellation));
        await store.Database.WriteAsync(t => InsertAsync(t, "two"), Cancellation);

        (await CountAsync(store)).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task After_commit_sees_the_change_from_another_connection(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var seen = Task.FromResult(0);

        await store.Database.WriteAsync(
            async t =>
            {
                await InsertAsync(t, "kept");
                t.AfterCommit(() => seen = CountAsync(store));
            },
            Cancellation
        );

        (await seen).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Two_hundred_writes_at_once_are_all_kept(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);

        await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(i => Task.Run(() => store.Database.WriteAsync(t => InsertAsync(t, $"w{i}"), Cancellation)))
        );

        (await CountAsync(store)).ShouldBe(200);
    }

    [Fact]
    public async Task Writers_of_the_embedded_engine_take_turns_in_the_order_they_came()
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Sqlite));
        var order = new List<int>();
        var gate = new TaskCompletionSource();
        var first = store.Database.WriteAsync(_ => gate.Task, Cancellation);

        var waiting = Enumerable
            .Range(0, 20)
            .Select(i =>
                store.Database.WriteAsync(
                    _ =>
                    {
                        order.Add(i);
                        return Task.CompletedTask;
                    },
                    Cancellation
                )
            )
            .ToList();
        gate.SetResult();
        await Task.WhenAll([first, .. waiting]);

        order.ShouldBe(Enumerable.Range(0, 20));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Cancelled_while_waiting_writes_nothing_and_frees_its_place(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        using var cancelled = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        var first = store.Database.WriteAsync(_ => gate.Task, Cancellation);

        var second = store.Database.WriteAsync(
            async t =>
            {
                await cancelled.CancelAsync();
                cancelled.Token.ThrowIfCancellationRequested();
                await InsertAsync(t, "never");
            },
            cancelled.Token
        );
        await cancelled.CancelAsync();
        gate.SetResult();
        await first;
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        await store.Database.WriteAsync(t => InsertAsync(t, "after"), Cancellation);

        (await CountAsync(store)).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Cancellation_after_the_work_is_done_does_not_undo_it(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        using var cancelled = new CancellationTokenSource();

        await store.Database.WriteAsync(
            async t =>
            {
                await InsertAsync(t, "done");
                await cancelled.CancelAsync();
            },
            cancelled.Token
        );

        (await CountAsync(store)).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Readers_are_not_held_up_by_an_open_write(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var gate = new TaskCompletionSource();
        var write = store.Database.WriteAsync(
            async t =>
            {
                await InsertAsync(t, "pending");
                await gate.Task;
            },
            Cancellation
        );

        (await CountAsync(store)).ShouldBe(0);
        gate.SetResult();
        await write;
        (await CountAsync(store)).ShouldBe(1);
    }

    [Fact]
    public async Task Every_connection_of_the_embedded_engine_is_durable_and_checks_references()
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Sqlite));
        for (var round = 0; round < 3; round++)
        {
            await using var connection = await store.Database.OpenAsync(Cancellation);
            (await connection.ExecuteScalarAsync<string>("PRAGMA journal_mode")).ShouldBe("wal");
            (await connection.ExecuteScalarAsync<int>("PRAGMA synchronous")).ShouldBe(2);
            (await connection.ExecuteScalarAsync<int>("PRAGMA foreign_keys")).ShouldBe(1);
            (await connection.ExecuteScalarAsync<int>("PRAGMA secure_delete")).ShouldBe(1);
        }
    }

    private static Task<int> InsertAsync(Transaction t, string name) =>
        t.Connection.ExecuteAsync(
            "INSERT INTO setting (name, value) VALUES (@Name, 'x')",
            new { Name = name },
            t.Inner
        );

    private static Task<int> CountAsync(TestStore store) =>
        store.Database.ReadAsync(
            c => c.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM setting WHERE value = 'x'"),
            Cancellation
        );
}
