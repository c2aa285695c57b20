using Entente.Node.Storage;
using Microsoft.Data.Sqlite;

namespace Entente.Node.Features.Backup;

/// <summary>The embedded database, held so that nobody else has it open: no node serves from it meanwhile.</summary>
internal sealed class SqliteHold : IAsyncDisposable
{
    private const int Busy = 5;
    private const int Locked = 6;

    private SqliteHold(SqliteConnection connection) => Connection = connection;

    public SqliteConnection Connection { get; }

    /// <exception cref="BackupRefused">Somebody has it open.</exception>
    public static async Task<SqliteHold> TakeAsync(string path, CancellationToken cancellation)
    {
        TypeHandlers.Register();
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 2,
        };
        var connection = new SqliteConnection(text.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            // Before the write-ahead log is first touched, so that other processes are kept out, and noticed.
            await connection.OneAsync<string>("PRAGMA locking_mode = EXCLUSIVE", null, cancellation);
            await connection.OneAsync<string>(
                "BEGIN EXCLUSIVE; SELECT name FROM sqlite_schema LIMIT 1",
                null,
                cancellation
            );
            return new SqliteHold(connection);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Busy or Locked)
        {
            await connection.DisposeAsync();
            throw new BackupRefused(new NodeIsRunning());
        }
    }

    /// <summary>Only asks; a file that is no database at all, or a damaged one, nobody serves from.</summary>
    public static async Task RefuseInUseAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await (await TakeAsync(path, cancellation)).DisposeAsync();
        }
        catch (SqliteException)
        {
            return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.OneAsync<string>("ROLLBACK TRANSACTION", null, CancellationToken.None);
        await Connection.DisposeAsync();
    }
}
