using System.Data;
using Dapper;
using Entente.Node.Storage;
using Npgsql;

namespace Entente.Node.Features.Backup;

/// <summary>
/// An empty PostgreSQL database being filled: schema and rows come in one transaction, and go away again where what came
/// does not verify.
/// </summary>
internal sealed class PostgresFilling : IAsyncDisposable
{
    private readonly Database _database;
    private readonly NpgsqlTransaction _transaction;
    private bool _committed;
    private bool _kept;

    private PostgresFilling(Database database, NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_database, Connection, _transaction) = (database, connection, transaction);

    public NpgsqlConnection Connection { get; }

    /// <param name="wanted">The migrations that make the schema.</param>
    /// <param name="firstYear">The year of the oldest message, so that it finds its partition.</param>
    /// <exception cref="BackupRefused">The database holds something.</exception>
    public static async Task<PostgresFilling> BeginAsync(
        string connectionString,
        Func<Migration, bool> wanted,
        int firstYear,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        var database = new Database(connectionString);
        var connection = (NpgsqlConnection)await database.OpenAsync(cancellation);
        var transaction = await connection.BeginTransactionAsync(cancellation);
        var filling = new PostgresFilling(database, connection, transaction);
        var begun = false;
        try
        {
            var there = await PostgresTables.ListAsync(connection, cancellation);
            if (there.Count > 0)
            {
                throw new BackupRefused(new DatabaseNotEmpty(there[0].Name));
            }

            var t = new Transaction(connection, transaction, Engine.Postgres);
            await new Migrator(database, clock).ApplyAsync(t, wanted, cancellation);
            await PartitionAsync(t, firstYear, clock.GetUtcNow().Year, cancellation);
            begun = true;
            return filling;
        }
        finally
        {
            if (!begun)
            {
                await filling.DisposeAsync();
            }
        }
    }

    /// <summary>Takes away the few rows that migrations put in, so that the tables can be filled.</summary>
    public Task EmptyAsync(IEnumerable<PostgresTable> tables, CancellationToken cancellation) =>
        Connection.ExecuteAsync(
            new CommandDefinition(
                $"TRUNCATE {string.Join(", ", tables.Select(t => PostgresTable.Quote(t.Name)))}",
                cancellationToken: cancellation
            )
        );

    public async Task CommitAsync(CancellationToken cancellation)
    {
        await _transaction.CommitAsync(cancellation);
        _committed = true;
        // The planner knows nothing yet of so many rows.
        await Connection.ExecuteAsync(
            new CommandDefinition("ANALYZE", commandType: CommandType.Text, cancellationToken: cancellation)
        );
    }

    /// <summary>It verified: it stays.</summary>
    public void Keep() => _kept = true;

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        if (_committed && !_kept)
        {
            await DropAsync();
        }

        await Connection.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task PartitionAsync(
        Transaction transaction,
        int firstYear,
        int year,
        CancellationToken cancellation
    )
    {
        const string sql = "SELECT COUNT(*) FROM pg_proc WHERE proname = 'make_partition'";
        // A backup may be older than the partitions.
        if (await transaction.OneAsync<long>(sql, null, cancellation) > 0)
        {
            await Partitions.EnsureAsync(transaction, Math.Clamp(firstYear, 2020, year), year + 1, cancellation);
        }
    }

    private async Task DropAsync()
    {
        const string functions = """
            SELECT 'DROP FUNCTION ' || p.oid::regprocedure FROM pg_proc p
            WHERE p.pronamespace = current_schema()::regnamespace
              AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
            """;
        var tables = await PostgresTables.ListAsync(Connection, CancellationToken.None);
        var names = string.Join(", ", tables.Select(t => PostgresTable.Quote(t.Name)));
        string[] drops =
        [
            .. tables.Count > 0 ? [$"DROP TABLE {names} CASCADE"] : Array.Empty<string>(),
            .. await Connection.ListAsync<string>(functions, null, CancellationToken.None),
        ];
        foreach (var drop in drops)
        {
#pragma warning disable CA2100 // Names of our own tables and functions, quoted.
            await Connection.ExecuteAsync(drop);
#pragma warning restore CA2100
        }
    }
}
