using Dapper;
using Entente.Node.Features.Backup;
using Entente.Node.Features.Moving;
using Entente.Node.Storage;
using Entente.Node.Tests.Backup;
using Entente.Node.Tests.Support;
using Entente.Node.Verification;
using Npgsql;

namespace Entente.Node.Tests.Instances;

/// <summary>A store that comes to PostgreSQL whole is there only once the standby has it too.</summary>
public sealed class UnconfirmedFillingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Node_is_moved_only_where_a_standby_confirms_it()
    {
        await using var postgres = await ReplicatedPostgres.StartAsync();
        await using var store = await TestStore.CreateAsync(nameof(Engine.Sqlite));
        await store.Database.DisposeAsync();
        var target = $"{postgres.ConnectionString};Command Timeout=5";
        Task<MoveDone> MoveAsync() =>
            new MoveRun(store.Home, TimeProvider.System).RunAsync(target, _ => Advance.None, Cancellation);
        await postgres.LoseStandbyAsync();

        var refused = await Should.ThrowAsync<BackupRefused>(MoveAsync);

        refused.Problem.ShouldBeOfType<NotConfirmed>();
        store.Home.Load().Database.ShouldBeNull();
        (await TablesAsync(target)).ShouldBe(0);

        await postgres.ReturnStandbyAsync();
        await MoveAsync();
        store.Home.Load().Database.ShouldBe(target);
    }

    [Fact]
    public async Task Node_is_restored_only_where_a_standby_confirms_it()
    {
        await using var postgres = await ReplicatedPostgres.StartAsync();
        await using var store = await TestStore.CreateAsync(nameof(Engine.Postgres));
        using var saved = new Saved();
        await using (var node = store.Services())
        {
            await saved.MakeKeyAsync(node);
            await saved.BackUpAsync(node, "0");
        }

        var target = $"{postgres.ConnectionString};Command Timeout=5";
        var order = saved.Order("0") with { Database = target };
        await postgres.LoseStandbyAsync();

        (await saved.RefusedAsync(order)).ShouldBeOfType<NotConfirmed>();

        Directory.EnumerateFileSystemEntries(saved.Restored).ShouldBeEmpty();
        (await TablesAsync(target)).ShouldBe(0);

        await postgres.ReturnStandbyAsync();
        await Saved.RestoreAsync(order);
        (await TablesAsync(target)).ShouldBeGreaterThan(0);
    }

    private static async Task<long> TablesAsync(string target)
    {
        const string sql = """
            SELECT COUNT(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
            """;
        await using var connection = new NpgsqlConnection(target);
        return await connection.ExecuteScalarAsync<long>(sql);
    }
}
