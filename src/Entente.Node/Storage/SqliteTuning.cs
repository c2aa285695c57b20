using System.Runtime.CompilerServices;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Entente.Node.Storage;

/// <summary>
/// How a node uses SQLite. Each physical connection is set up once and keeps its settings in the pool, so opening costs a
/// look-up and not five statements (measured by `bench`, sqlite-open).
/// </summary>
internal static class SqliteTuning
{
    // WAL lets readers go on beside the writer; FULL makes a commit survive a power cut, which a receipt promises.
    // secure_delete zeroes what is deleted: an erased data key must not be found in a free page of the file.
    // mmap stays off: a disk error would then be a signal that ends the process instead of a failed query.
    // A checkpoint each 16 MiB instead of 4: pages that are written again and again, as the ends of indexes are, go to the
    // file once (a third more rows a second in bulk, measured by `bench ledger`).
    private const string Pragmas = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA secure_delete = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -4096;
        PRAGMA wal_autocheckpoint = 4096;
        PRAGMA journal_size_limit = 67108864;
        """;

    private static readonly ConditionalWeakTable<sqlite3, object> Tuned = [];

    public static async Task ApplyOnceAsync(SqliteConnection connection, CancellationToken cancellation)
    {
        var handle = connection.Handle!; // The connection is open.
        if (Tuned.TryGetValue(handle, out _))
        {
            return;
        }

        await connection.ExecuteAsync(new CommandDefinition(Pragmas, cancellationToken: cancellation));
        Tuned.AddOrUpdate(handle, handle);
    }

    /// <summary>
    /// Empties the write-ahead log into the file, where deleted rows are zeroed already. Does what it can at once: a
    /// reader in the middle of a long query keeps its pages until the next time.
    /// </summary>
    public static Task EmptyLogAsync(SqliteConnection connection, CancellationToken cancellation)
    {
        const string sql = "PRAGMA wal_checkpoint(TRUNCATE)";
        return connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: cancellation));
    }
}
