using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Entente.Node.Storage;

/// <summary>
/// An INSERT of many rows as PostgreSQL's COPY: one message instead of one for each row, parsed and planned not at all. Only
/// plain inserts, of parameters and literals; whatever does more is left to the statement itself.
/// </summary>
internal static class PostgresCopy
{
    // A schema belongs to one connection string; a process that serves two nodes has the same tables in both.
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, NpgsqlDbType>> Known = new(
        StringComparer.Ordinal
    );

    /// <returns>False where the statement is not a plain insert: nothing was done.</returns>
    public static async Task<bool> TryAsync(
        NpgsqlConnection connection,
        DbTransaction inner,
        BulkRows table,
        CancellationToken cancellation
    )
    {
        if (PlainInsert.Of(table.Sql) is not { } insert)
        {
            return false;
        }

        var types = Types(connection, inner, insert.Table);
        var sources = insert.Sources(table.Names);
        var columns = insert.Columns.Select(column => types[column]).ToArray();
        var command = $"COPY {insert.Table} ({string.Join(", ", insert.Columns)}) FROM STDIN (FORMAT BINARY)";
        await using var copy = await connection.BeginBinaryImportAsync(command, cancellation);
        foreach (var row in table.Rows)
        {
            await copy.StartRowAsync(cancellation);
            for (var i = 0; i < sources.Length; i++)
            {
                await WriteAsync(copy, sources[i].In(row), columns[i], cancellation);
            }
        }

        await copy.CompleteAsync(cancellation);
        return true;
    }

    private static Task WriteAsync(
        NpgsqlBinaryImporter copy,
        object? value,
        NpgsqlDbType type,
        CancellationToken cancellation
    ) =>
        value switch
        {
            null => copy.WriteNullAsync(cancellation),
            string text => copy.WriteAsync(text, type, cancellation),
            byte[] bytes => copy.WriteAsync(bytes, type, cancellation),
            bool flag => copy.WriteAsync(flag, type, cancellation),
            _ when type == NpgsqlDbType.Integer => copy.WriteAsync(
                Convert.ToInt32(value, CultureInfo.InvariantCulture),
                type,
                cancellation
            ),
            _ => copy.WriteAsync(Convert.ToInt64(value, CultureInfo.InvariantCulture), type, cancellation),
        };

    /// <summary>The types of a table's columns; the database is asked once.</summary>
    public static IReadOnlyDictionary<string, NpgsqlDbType> Types(
        NpgsqlConnection connection,
        DbTransaction inner,
        string table
    )
    {
        if (Known.TryGetValue(table, out var known))
        {
            return known;
        }

        const string sql = """
            SELECT attname::text AS name, atttypid::regtype::text AS type FROM pg_attribute
            WHERE attrelid = to_regclass(@Table) AND attnum > 0 AND NOT attisdropped
            """;
        var columns = connection.Query<(string Name, string Type)>(
            new CommandDefinition(sql, new { Table = table }, inner)
        );
        return Known[table] = columns.ToDictionary(column => column.Name, column => Type(column.Type));
    }

    private static NpgsqlDbType Type(string name) =>
        name switch
        {
            "text" => NpgsqlDbType.Text,
            "bigint" => NpgsqlDbType.Bigint,
            "integer" => NpgsqlDbType.Integer,
            "boolean" => NpgsqlDbType.Boolean,
            "bytea" => NpgsqlDbType.Bytea,
            "double precision" => NpgsqlDbType.Double,
            _ => throw new NotSupportedException($"A {name} is not stored in bulk."),
        };
}
