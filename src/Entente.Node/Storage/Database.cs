using System.Data.Common;
using Dapper;
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
    private readonly string _sqlite = "";

    // SQLite has one writer. Waiting here is fair and cheap; waiting in SQLite is polling.
    private readonly SemaphoreSlim _writer = new(1, 1);

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
            _sqlite = new SqliteConnectionStringBuilder(connectionString)
            {
                DefaultTimeout = 30,
                Pooling = true,
            }.ConnectionString;
        }

        Dialect = new Dialect(Engine);
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
    public async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        if (_postgres is not null)
        {
            return await _postgres.OpenConnectionAsync(cancellation);
        }

        var connection = new SqliteConnection(_sqlite);
        await connection.OpenAsync(cancellation);
        await SqliteTuning.ApplyOnceAsync(connection, cancellation);
        return connection;
    }

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        return await read(connection);
    }

    /// <summary>Runs the work in one transaction and commits it; an exception rolls everything back.</summary>
    public async Task<T> WriteAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation)
    {
        Transaction transaction;
        T result;
        var gated = Engine == Engine.Sqlite;
        if (gated)
        {
            await _writer.WaitAsync(cancellation);
        }

        try
        {
            await using var connection = await OpenAsync(cancellation);
            await using var inner = await connection.BeginTransactionAsync(cancellation);
            transaction = new Transaction(connection, inner, Engine);
            result = await work(transaction);
            // From here on it happens: a commit cut short by a cancellation would leave its outcome unknown.
            await inner.CommitAsync(CancellationToken.None);
            if (transaction.Erased && connection is SqliteConnection sqlite)
            {
                await SqliteTuning.EmptyLogAsync(sqlite, CancellationToken.None);
            }
        }
        finally
        {
            if (gated)
            {
                _writer.Release();
            }
        }

        transaction.Committed();
        return result;
    }

    public Task WriteAsync(Func<Transaction, Task> work, CancellationToken cancellation) =>
        WriteAsync(
            async transaction =>
            {
                await work(transaction);
                return true;
            },
            cancellation
        );

    /// <summary>Lets Npgsql prepare what it sees often, unless the site says otherwise (a pooler in transaction mode).</summary>
    private static string Prepared(string connectionString)
    {
        if (connectionString.Contains("Max Auto Prepare", StringComparison.OrdinalIgnoreCase))
        {
            return connectionString;
        }

        return new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 100 }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
        else
        {
            await using var connection = new SqliteConnection(_sqlite);
            SqliteConnection.ClearPool(connection);
        }

        _writer.Dispose();
    }
}
