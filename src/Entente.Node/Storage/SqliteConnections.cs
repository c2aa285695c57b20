using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Entente.Node.Storage;

/// <summary>The node's SQLite connections: opened and set up once, then lent.</summary>
/// <param name="tune">Sets up each connection, once.</param>
internal sealed class SqliteConnections(string connectionString, Func<SqliteConnection, CancellationToken, Task> tune)
    : IDisposable
{
    // More readers than this at once is rare; what is beyond is closed after use.
    private const int MostIdle = 16;

    private readonly string _connectionString = new SqliteConnectionStringBuilder(connectionString)
    {
        DefaultTimeout = 30,
        Pooling = false,
    }.ConnectionString;

    private readonly ConcurrentBag<PreparedConnection> _idle = [];
    private volatile bool _closed;

    public async Task<PreparedConnection> OpenAsync(CancellationToken cancellation)
    {
        if (_idle.TryTake(out var idle))
        {
            return idle.Lend();
        }

        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellation);
        await tune(connection, cancellation);
        return new PreparedConnection(connection, GiveBack).Lend();
    }

    public void Dispose()
    {
        _closed = true;
        DiscardIdle();
    }

    private void DiscardIdle()
    {
        while (_idle.TryTake(out var idle))
        {
            idle.Discard();
        }
    }

    private void GiveBack(PreparedConnection connection)
    {
        if (_closed || _idle.Count >= MostIdle || !connection.IsClean)
        {
            connection.Discard();
        }
        else
        {
            _idle.Add(connection);
            if (_closed)
            {
                // While it was given back: nobody would close it, and the file would stay in use.
                DiscardIdle();
            }
        }
    }
}
