using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Entente.Node.Storage;

/// <summary>
/// The node's database: SQLite in a file, or PostgreSQL where the connection string names a host. Reads run beside each
/// other; writes go through <see cref="WriteAsync{T}"/>, one transaction each, durable when it returns.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly DbDataSource? _postgres;
    private readonly SqliteConnections? _sqlite;
    private readonly SqliteConnections? _sqliteWriter;
    private readonly WriteQueue _writes;

    public Database(string connectionString)
    {
        TypeHandlers.Register();
        if (IsPostgres(connectionString))
        {
            Engine = Engine.Postgres;
            _postgres = NpgsqlDataSource.Create(Prepared(connectionString));
        }
        else
        {
            Engine = Engine.Sqlite;
            SqliteTuning.Configure();
            _sqlite = new SqliteConnections(connectionString, SqliteTuning.ApplyAsync);
            _sqliteWriter = new SqliteConnections(connectionString, SqliteTuning.ApplyWriterAsync);
        }

        Dialect = new Dialect(Engine);
        _writes = new WriteQueue(OpenWriterAsync, Engine);
    }

    /// <summary>The same database, nothing of which can be changed: for `verify`, which must not touch its evidence.</summary>
    public static Database ReadOnly(string connectionString) =>
        new(
            IsPostgres(connectionString)
                ? new NpgsqlConnectionStringBuilder(connectionString)
                {
                    Options = "-c default_transaction_read_only=on",
                }.ConnectionString
                : new SqliteConnectionStringBuilder(connectionString)
                {
                    Mode = SqliteOpenMode.ReadOnly,
                }.ConnectionString
        );

    public Engine Engine { get; }

    public Dialect Dialect { get; }

    public static bool IsPostgres(string connectionString) =>
        connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    /// <summary>An open connection for reading. Dispose it: it goes back to the pool.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellation) =>
        _postgres is not null
            ? await _postgres.OpenConnectionAsync(cancellation)
            : await _sqlite!.OpenAsync(cancellation); // One of the two is there.

    private async Task<DbConnection> OpenWriterAsync(CancellationToken cancellation) =>
        _sqliteWriter is not null ? await _sqliteWriter.OpenAsync(cancellation) : await OpenAsync(cancellation);

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        return await read(connection);
    }

    /// <summary>
    /// Runs the work and commits it; an exception undoes all of it. Works that wait at the same time share a commit. A work
    /// does not itself wait for another write: it would wait for ever.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation) =>
        _writes.RunAsync(new PendingWrite<T>(work, repeatable: false, cancellation));

    /// <summary>The same, letting what people at this node do go first: for what arrives in bulk.</summary>
    public Task<T> WriteBehindAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation) =>
        _writes.RunAsync(new PendingWrite<T>(work, repeatable: false, cancellation), behind: true);

    /// <summary>
    /// The same for a work that may be begun again: it changes nothing outside the transaction, so that after a failure of
    /// its own or another's it can run a second time. Its bulk rows wait for those of the works beside it and go with them;
    /// each statement of its own that is not a bulk insert makes them go before it.
    /// </summary>
    public Task<T> GatherAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation) =>
        _writes.RunAsync(new PendingWrite<T>(work, repeatable: true, cancellation));

    public Task WriteAsync(Func<Transaction, Task> work, CancellationToken cancellation) =>
        WriteAsync(
            async transaction =>
            {
                await work(transaction);
                return true;
            },
            cancellation
        );

    /// <summary>
    /// Lets Npgsql prepare what it sees often, unless the site says otherwise (a pooler in transaction mode), and spares it
    /// resetting a session before it is used again: nothing here outlives its transaction.
    /// </summary>
    private static string Prepared(string connectionString)
    {
        var prepared = new NpgsqlConnectionStringBuilder(connectionString) { NoResetOnClose = true };
        if (!connectionString.Contains("Max Auto Prepare", StringComparison.OrdinalIgnoreCase))
        {
            prepared.MaxAutoPrepare = 100;
        }

        return prepared.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        _sqlite?.Dispose();
        _sqliteWriter?.Dispose();
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }
}
