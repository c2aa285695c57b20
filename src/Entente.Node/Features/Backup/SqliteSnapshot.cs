using Entente.Node.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Entente.Node.Features.Backup;

/// <summary>
/// A copy of the embedded database as it was at one moment, page for page, while the node goes on writing: SQLite's online
/// backup inside a read transaction, which the write-ahead log keeps in place.
/// </summary>
internal static class SqliteSnapshot
{
    private const int PagesAtOnce = 1024;

    /// <param name="tell">Pages done, pages in all.</param>
    public static async Task TakeAsync(string from, string to, Action<long, long> tell, CancellationToken cancellation)
    {
        await using var source = await OpenAsync(from, SqliteOpenMode.ReadOnly, cancellation);
        await source.OneAsync<string>("BEGIN; SELECT name FROM sqlite_schema LIMIT 1", null, cancellation);
        PrivateFile.Write(to, []);
        await using (var target = await OpenAsync(to, SqliteOpenMode.ReadWrite, cancellation))
        {
            await target.OneAsync<string>("PRAGMA synchronous = OFF", null, cancellation);
            Copy(source.Handle!, target.Handle!, tell, cancellation); // Both are open.
        }

        // The copy's own log is empty; its file must not be taken for a part of the node.
        File.Delete(to + "-wal");
        File.Delete(to + "-shm");
    }

    private static void Copy(sqlite3 source, sqlite3 target, Action<long, long> tell, CancellationToken cancellation)
    {
        using var backup = raw.sqlite3_backup_init(target, "main", source, "main");
        int step;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            step = raw.sqlite3_backup_step(backup, PagesAtOnce);
            var all = raw.sqlite3_backup_pagecount(backup);
            tell(all - raw.sqlite3_backup_remaining(backup), all);
        } while (step is raw.SQLITE_OK);

        if (step != raw.SQLITE_DONE)
        {
            throw new SqliteException(
                $"The database cannot be copied: {raw.sqlite3_errstr(step).utf8_to_string()}",
                step
            );
        }
    }

    private static async Task<SqliteConnection> OpenAsync(
        string path,
        SqliteOpenMode mode,
        CancellationToken cancellation
    )
    {
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        };
        var connection = new SqliteConnection(text.ConnectionString);
        await connection.OpenAsync(cancellation);
        return connection;
    }
}
