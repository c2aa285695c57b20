using System.Data.Common;
using Entente.Node.Storage;
using Npgsql;

namespace Entente.Node.Verification;

/// <summary>
/// What the engine finds when it looks over its own pages: rows that an index does not lead to, pages that are no pages.
/// Runs beside the other checks on a connection of its own, and tells the report at the end.
/// </summary>
internal sealed class StoreCheck(Database database)
{
    private readonly List<(string Row, string What)> _problems = [];
    private readonly Dictionary<string, long> _checked = [];

    public async Task RunAsync(Advance progress, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        if (database.Engine == Engine.Sqlite)
        {
            // The provider has no other way than to hold a thread for as long as it takes.
            await Task.Run(() => SqliteAsync(connection, cancellation), cancellation);
        }
        else
        {
            await PostgresAsync(connection, progress, cancellation);
        }

        progress.At(1, 1);
    }

    public void Tell(Report report)
    {
        foreach (var (what, times) in _checked)
        {
            report.Count(what, times);
        }

        foreach (var (row, what) in _problems)
        {
            report.Add(row, what);
        }
    }

    private async Task SqliteAsync(DbConnection connection, CancellationToken cancellation)
    {
        const string sql = "PRAGMA integrity_check(1000)";
        var found = await connection.ListAsync<string>(sql, null, cancellation);
        _checked["database files"] = 1;
        _problems.AddRange(found.Where(line => line != "ok").Select(line => ("database", line)));
        var (rows, different) = await RowCopies.CheckAsync(connection, cancellation);
        _checked["unsigned rows against their copies"] = rows;
        _problems.AddRange(different.Select(row => (row, "It is not as it was written: it differs from its copy.")));
    }

    private async Task PostgresAsync(DbConnection connection, Advance progress, CancellationToken cancellation)
    {
        const string amcheck = """
            SELECT EXISTS (
              SELECT 1 FROM pg_proc WHERE proname = 'bt_index_check' AND has_function_privilege(oid, 'EXECUTE')
            )
            """;
        const string checksums = "SELECT current_setting('data_checksums') = 'on'";
        _checked["pages with checksums (data_checksums)"] = await connection.OneAsync<bool>(
            checksums,
            null,
            cancellation
        )
            ? 1
            : 0;
        _checked["indexes"] = 0;
        if (await connection.OneAsync<bool>(amcheck, null, cancellation))
        {
            await IndexesAsync(connection, progress, cancellation);
        }
        else
        {
            _checked["indexes not checked: the extension amcheck is not here for us"] = 1;
        }
    }

    private async Task IndexesAsync(DbConnection connection, Advance progress, CancellationToken cancellation)
    {
        const string list = """
            SELECT c.oid::regclass::text FROM pg_class c JOIN pg_am a ON a.oid = c.relam
            WHERE c.relkind = 'i' AND a.amname = 'btree' AND c.relnamespace = current_schema()::regnamespace
            ORDER BY 1
            """;
        const string check = "SELECT bt_index_check(@Index::regclass, TRUE)";
        var indexes = await connection.ListAsync<string>(list, null, cancellation);
        foreach (var index in indexes)
        {
            try
            {
                await connection.OneAsync<object>(check, new { Index = index }, cancellation);
            }
            catch (PostgresException e)
            {
                _problems.Add(($"index {index}", e.MessageText));
            }

            progress.At(++_checked["indexes"], indexes.Count);
        }
    }
}
