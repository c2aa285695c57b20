using Dapper;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Npgsql;

namespace Entente.Node.Features.Backup;

/// <summary>
/// Tables of a PostgreSQL node as they come out of a backup, into an empty database: the schema as it was, then every row by
/// COPY in one transaction. What was begun and not kept is taken away again.
/// </summary>
internal sealed class RestoredTables(Manifest manifest, NodeHome building, TimeProvider clock) : IAsyncDisposable
{
    private Database? _database;
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private NpgsqlRawCopyStream? _copy;
    private bool _kept;

    /// <summary>Where the table's bytes go; null while it is a file's turn.</summary>
    public Stream? Current => _copy;

    public async Task BeginAsync(Part part, CancellationToken cancellation)
    {
        _connection ??= await OpenAsync(cancellation);
        var table = part.Name[Part.TablePrefix.Length..];
        var copy = PostgresTable.CopyIn(table, part.Columns!); // A table has columns.
        _copy = await _connection.BeginRawBinaryCopyAsync(copy, cancellation);
    }

    public async Task EndAsync()
    {
        if (_copy is not null)
        {
            await _copy.DisposeAsync();
            _copy = null;
        }
    }

    public async Task CommitAsync(CancellationToken cancellation)
    {
        if (_transaction is not null)
        {
            await _transaction.CommitAsync(cancellation);
        }
    }

    /// <summary>It verified: it stays.</summary>
    public void Keep() => _kept = true;

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _transaction!.DisposeAsync(); // Opened together.
            await (_kept ? Task.CompletedTask : DropAsync(_connection));
            await _connection.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        _database = new Database(building.ConnectionString(building.Load()));
        var connection = (NpgsqlConnection)await _database.OpenAsync(cancellation);
        var there = await PostgresTables.ListAsync(connection, cancellation);
        if (there.Count > 0)
        {
            await connection.DisposeAsync();
            throw new BackupRefused(new DatabaseNotEmpty(there[0].Name));
        }

        await new Migrator(_database, clock).ApplyAsync(manifest.Migrations, cancellation);
        var tables = await PostgresTables.ListAsync(connection, cancellation);
        _transaction = await connection.BeginTransactionAsync(cancellation);
        await PostgresTables.EmptyAsync(connection, tables, cancellation);
        return connection;
    }

    private static async Task DropAsync(NpgsqlConnection connection)
    {
        var tables = await PostgresTables.ListAsync(connection, CancellationToken.None);
        var names = string.Join(", ", tables.Select(t => PostgresTable.Quote(t.Name)));
        if (names.Length > 0)
        {
#pragma warning disable CA2100 // Our own tables' names, quoted.
            await connection.ExecuteAsync($"DROP TABLE {names} CASCADE");
#pragma warning restore CA2100
        }
    }
}
