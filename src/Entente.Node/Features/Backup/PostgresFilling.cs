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
    private const int AsLongAsItTakes = 0;

    // Each for as long as the connection's command timeout.
    private const int Asked = 2;

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
                commandTimeout: AsLongAsItTakes,
                cancellationToken: cancellation
            )
        );

    /// <summary>Durable wherever the site wants it, as every write of a running node is.</summary>
    /// <exception cref="BackupRefused">No standby confirmed it; what came is taken away again.</exception>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        _committed = true; // On this disk, whatever the standby says: there is something to take away.
        try
        {
            await DurableCommit.CommitAsync(Connection, _transaction);
        }
        catch (UnconfirmedCommitException)
        {
            await ConfirmAsync(cancellation);
        }

        // The planner knows nothing yet of so many rows.
        await Connection.ExecuteAsync(
            new CommandDefinition(
                "ANALYZE",
                commandTimeout: AsLongAsItTakes,
                commandType: CommandType.Text,
                cancellationToken: cancellation
            )
        );
    }

    /// <summary>A standby may need longer for so much at once; what it confirms later lies behind it in the same log.</summary>
    private async Task ConfirmAsync(CancellationToken cancellation)
    {
        const string any = "UPDATE setting SET value = value WHERE name = (SELECT MIN(name) FROM setting)";
        for (var asked = 1; asked <= Asked; asked++)
        {
            cancellation.ThrowIfCancellationRequested();
            await using var transaction = await Connection.BeginTransactionAsync(cancellation);
            await Connection.ExecuteAsync(
                new CommandDefinition(any, null, transaction, cancellationToken: cancellation)
            );
            try
            {
                await DurableCommit.CommitAsync(Connection, transaction);
                return;
            }
            catch (UnconfirmedCommitException) when (asked < Asked)
            {
                continue;
            }
            catch (UnconfirmedCommitException)
            {
                throw new BackupRefused(new NotConfirmed());
            }
        }
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
        await using var transaction = await Connection.BeginTransactionAsync();
        // What goes away need not go away on two disks first: the standby may be why.
        foreach (var drop in drops.Prepend("SET LOCAL synchronous_commit TO local"))
        {
#pragma warning disable CA2100 // Names of our own tables and functions, quoted.
            await Connection.ExecuteAsync(drop, transaction: transaction, commandTimeout: AsLongAsItTakes);
#pragma warning restore CA2100
        }

        await transaction.CommitAsync();
    }
}
