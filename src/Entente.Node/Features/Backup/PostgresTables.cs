using System.Data.Common;
using Entente.Node.Storage;

namespace Entente.Node.Features.Backup;

/// <summary>The node's tables in PostgreSQL, in an order in which each can be filled: what is referred to comes first.</summary>
internal static class PostgresTables
{
    private const string Tables = """
        SELECT c.relname AS name,
          ARRAY(
            SELECT a.attname::text FROM pg_attribute a
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            ORDER BY a.attnum
          ) AS columns,
          ARRAY(
            SELECT a.atttypid::regtype::text FROM pg_attribute a
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            ORDER BY a.attnum
          ) AS types,
          ARRAY(
            SELECT a.attname::text FROM pg_index i
            CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (num, place)
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.num
            WHERE i.indrelid = c.oid AND i.indisprimary
            ORDER BY k.place
          ) AS key,
          ARRAY(
            SELECT DISTINCT r.relname::text FROM pg_constraint f JOIN pg_class r ON r.oid = f.confrelid
            WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid
          ) AS refers,
          pg_total_relation_size(c.oid) AS bytes
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        ORDER BY c.relname
        """;

    public static async Task<IReadOnlyList<PostgresTable>> ListAsync(
        DbConnection connection,
        CancellationToken cancellation
    )
    {
        var left = (await connection.ListAsync<PostgresTable>(Tables, null, cancellation)).ToList();
        var ordered = new List<PostgresTable>(left.Count);
        while (left.Count > 0)
        {
            var names = left.Select(t => t.Name).ToHashSet();
            var free = left.Where(t => !t.Refers.Any(names.Contains)).ToList();
            ordered.AddRange(free.Count > 0 ? free : left);
            left = free.Count > 0 ? [.. left.Except(free)] : [];
        }

        return ordered;
    }
}

internal sealed class PostgresTable
{
    public required string Name { get; init; }
    public required string[] Columns { get; init; }

    /// <summary>Of each column: `text`, `bigint`, `integer`, `boolean`, `bytea`.</summary>
    public required string[] Types { get; init; }
    public required string[] Key { get; init; }
    public required string[] Refers { get; init; }

    /// <summary>On disk, indexes included: good enough for a progress bar.</summary>
    public required long Bytes { get; init; }

    public string CopyOut => $"COPY ({Select}) TO STDOUT (FORMAT BINARY)";

    /// <summary>The same rows in the same order out of either engine.</summary>
    public string Select => $"SELECT {List(Columns)} FROM {Quote(Name)}{Order}";

    public static string CopyIn(string table, IEnumerable<string> columns) =>
        $"COPY {Quote(table)} ({List(columns)}) FROM STDIN (FORMAT BINARY)";

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private string Order => Key.Length == 0 ? "" : $" ORDER BY {List(Key)}";

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(Quote));
}
