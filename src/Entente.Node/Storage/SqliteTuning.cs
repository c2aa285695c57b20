using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Entente.Node.Storage;

/// <summary>
/// How a node uses SQLite. Each connection is set up once, when it is opened; see <see cref="SqliteConnections"/>.
/// </summary>
internal static class SqliteTuning
{
    private const int MemoryStatus = 9;

    /// <summary>
    /// Before the first connection of the process: no counting of every allocation under one lock. Later it changes
    /// nothing. Each connection keeps its own lock, although it has one user at a time: what was not disposed of is
    /// released by the finalizer's thread beside that user, and without the lock this ends the process.
    /// </summary>
    public static void Configure()
    {
        Batteries_V2.Init();
        raw.sqlite3_config(MemoryStatus, 0);
    }

    // WAL lets readers go on beside the writer; FULL makes a commit survive a power cut, which a receipt promises.
    // secure_delete zeroes what is deleted: an erased data key must not be found in a free page of the file.
    // mmap stays off: a disk error would then be a signal that ends the process instead of a failed query.
    // A checkpoint each 64 MiB instead of 4: pages that are written again and again, as the ends of indexes are, go to the
    // file once (a third more rows a second in bulk, measured by `bench ledger`; an exchanged message writes a tenth less).
    private const string ForWriting = """
        PRAGMA page_size = 8192;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA secure_delete = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -4096;
        PRAGMA wal_autocheckpoint = 8192;
        PRAGMA journal_size_limit = 67108864;
        """;

    // A copy made by VACUUM INTO keeps another journal, and evidence must be read without being changed.
    private const string ForReading = """
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -4096;
        """;

    public static Task ApplyAsync(SqliteConnection connection, CancellationToken cancellation)
    {
        var mode = new SqliteConnectionStringBuilder(connection.ConnectionString).Mode;
        var sql = mode == SqliteOpenMode.ReadOnly ? ForReading : ForWriting;
        return connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: cancellation));
    }

    /// <summary>The one connection that writes keeps the ends of the indexes in its memory, and zeroes freed pages only in a
    /// transaction that erases: all others free nothing but ciphertext, an envelope's when its receipt is there.</summary>
    public static async Task ApplyWriterAsync(SqliteConnection connection, CancellationToken cancellation)
    {
        const string sql = "PRAGMA cache_size = -32768; PRAGMA secure_delete = FAST";
        await ApplyAsync(connection, cancellation);
        await connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: cancellation));
    }

    /// <summary>From here to the end of the transaction freed pages are zeroed too.</summary>
    public static Task ZeroFreedPagesAsync(Transaction transaction, CancellationToken cancellation)
    {
        const string sql = "PRAGMA secure_delete = ON";
        transaction.Erased = true;
        return transaction.Engine == Engine.Sqlite ? transaction.RunAsync(sql, null, cancellation) : Task.CompletedTask;
    }

    /// <summary>
    /// Empties the write-ahead log into the file, where deleted rows are zeroed already. Does what it can at once: a
    /// reader in the middle of a long query keeps its pages until the next time.
    /// </summary>
    public static Task EmptyLogAsync(SqliteConnection connection, CancellationToken cancellation)
    {
        const string sql = "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA secure_delete = FAST";
        return connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: cancellation));
    }
}
