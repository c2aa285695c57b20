using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Entente.Node.Storage;

/// <summary>
/// An INSERT of many rows as PostgreSQL's COPY: one message instead of one for each row, parsed and planned not at all. Only
/// plain inserts, of parameters and literals; whatever does more is left to the statement itself.
/// </summary>
internal sealed partial class PostgresCopy
{
    private static readonly ConcurrentDictionary<string, Shape> Shapes = new(StringComparer.Ordinal);

    // A schema belongs to one connection string; a process that serves two nodes has the same tables in both.
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, NpgsqlDbType>> Types = new(
        StringComparer.Ordinal
    );

    /// <returns>False where the statement is not a plain insert: nothing was done.</returns>
    public static async Task<bool> TryAsync(
        NpgsqlConnection connection,
        DbTransaction inner,
        string sql,
        IReadOnlyList<string> names,
        IReadOnlyList<object?[]> rows,
        CancellationToken cancellation
    )
    {
        var shape = Shapes.GetOrAdd(sql, Shape.Of);
        if (shape.Table is null)
        {
            return false;
        }

        var types = await TypesAsync(connection, inner, shape.Table, cancellation);
        var sources = shape.Sources(names);
        var columns = shape.Columns.Select(column => types[column]).ToArray();
        await using var copy = await connection.BeginBinaryImportAsync(shape.Command, cancellation);
        foreach (var row in rows)
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

    private static async Task<IReadOnlyDictionary<string, NpgsqlDbType>> TypesAsync(
        NpgsqlConnection connection,
        DbTransaction inner,
        string table,
        CancellationToken cancellation
    )
    {
        if (Types.TryGetValue(table, out var known))
        {
            return known;
        }

        const string sql = """
            SELECT attname::text AS name, atttypid::regtype::text AS type FROM pg_attribute
            WHERE attrelid = to_regclass(@Table) AND attnum > 0 AND NOT attisdropped
            """;
        var columns = await connection.QueryAsync<(string Name, string Type)>(
            new CommandDefinition(sql, new { Table = table }, inner, cancellationToken: cancellation)
        );
        return Types[table] = columns.ToDictionary(column => column.Name, column => Type(column.Type));
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

    /// <summary>One value of each row: a parameter's, or the same literal every time.</summary>
    private readonly record struct Source(int Place, object? Literal)
    {
        public object? In(object?[] row) => Place >= 0 ? row[Place] : Literal;
    }

    private sealed partial record Shape(string? Table, IReadOnlyList<string> Columns, IReadOnlyList<string> Values)
    {
        public string Command { get; } = $"COPY {Table} ({string.Join(", ", Columns)}) FROM STDIN (FORMAT BINARY)";

        public static Shape Of(string sql)
        {
            var insert = Plain().Match(sql);
            var columns = Parts(insert.Groups["columns"].Value);
            var values = Parts(insert.Groups["values"].Value);
            return insert.Success && columns.Length == values.Length && values.All(v => Simple().IsMatch(v))
                ? new Shape(insert.Groups["table"].Value, columns, values)
                : new Shape(null, [], []);
        }

        public Source[] Sources(IReadOnlyList<string> names) =>
            [.. Values.Select(v => v[0] == '@' ? new Source(Place(names, v[1..]), null) : new Source(-1, Literal(v)))];

        private static int Place(IReadOnlyList<string> names, string name)
        {
            for (var i = 0; i < names.Count; i++)
            {
                if (names[i] == name)
                {
                    return i;
                }
            }

            throw new ArgumentException($"No value is given for @{name}.", nameof(names));
        }

        private static object? Literal(string text) =>
            text[0] == '\'' ? text[1..^1]
            : text is "TRUE" or "FALSE" ? text == "TRUE"
            : text == "NULL" ? null
            : long.Parse(text, CultureInfo.InvariantCulture);

        private static string[] Parts(string list) =>
            list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        [GeneratedRegex(
            @"^\s*INSERT INTO (?<table>\w+)\s*\((?<columns>[\w\s,]+)\)\s*VALUES\s*\((?<values>[^()]+)\)\s*$"
        )]
        private static partial Regex Plain();

        [GeneratedRegex(@"^(@\w+|'[^',]*'|-?\d+|NULL|TRUE|FALSE)$")]
        private static partial Regex Simple();
    }
}
