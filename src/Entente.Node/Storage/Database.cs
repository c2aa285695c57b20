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
            _postgres = NpgsqlDataSource.Create(connectionString);
        }
        else
        {
            Engine = Engine.Sqlite;
            _sqlite = new SqliteConnectionStringBuilder(connectionString)
            {
                ForeignKeys = true,
                DefaultTimeout = 30,
                Pooling = true,
            }.ConnectionString;
        }

        Dialect = new Dialect(Engine);
    }

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
        // WAL lets readers go on beside the writer; FULL makes a commit survive a power cut, which a receipt promises.
        const string pragmas = """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            """;
        await connection.ExecuteAsync(new CommandDefinition(pragmas, cancellationToken: cancellation));
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
            await inner.CommitAsync(cancellation);
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
