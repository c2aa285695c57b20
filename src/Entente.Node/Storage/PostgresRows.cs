using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Entente.Node.Storage;

/// <summary>
/// Rows of several tables as one batch: everything goes to the server at once and is waited for once. A plain insert of many
/// rows is one statement with an array for each column, which stays prepared whatever their number.
/// </summary>
internal static class PostgresRows
{
    public static void Add(NpgsqlBatch batch, BulkRows table, IReadOnlyDictionary<string, NpgsqlDbType>? types)
    {
        if (types is not null && PlainInsert.Of(table.Sql) is { } insert)
        {
            batch.BatchCommands.Add(Arrays(insert, table, types));
            return;
        }

        foreach (var row in table.Rows)
        {
            batch.BatchCommands.Add(One(table, row));
        }
    }

    private static NpgsqlBatchCommand Arrays(
        PlainInsert insert,
        BulkRows table,
        IReadOnlyDictionary<string, NpgsqlDbType> types
    )
    {
        var sources = insert.Sources(table.Names);
        var command = new NpgsqlBatchCommand(insert.FromArrays);
        for (var i = 0; i < sources.Length; i++)
        {
            if (sources[i].Place >= 0)
            {
                var type = types[insert.Columns[i]];
                command.Parameters.Add(
                    new NpgsqlParameter
                    {
                        NpgsqlDbType = NpgsqlDbType.Array | type,
                        Value = Values(table.Rows, sources[i].Place, type),
                    }
                );
            }
        }

        return command;
    }

    private static Array Values(IReadOnlyList<object?[]> rows, int place, NpgsqlDbType type) =>
        type switch
        {
            NpgsqlDbType.Text => Of(rows, place, value => (string?)value),
            NpgsqlDbType.Bytea => Of(rows, place, value => (byte[]?)value),
            NpgsqlDbType.Boolean => Of(rows, place, value => (bool?)value),
            NpgsqlDbType.Integer => Of(
                rows,
                place,
                value => value is null ? (int?)null : Convert.ToInt32(value, CultureInfo.InvariantCulture)
            ),
            NpgsqlDbType.Double => Of(
                rows,
                place,
                value => value is null ? (double?)null : Convert.ToDouble(value, CultureInfo.InvariantCulture)
            ),
            _ => Of(
                rows,
                place,
                value => value is null ? (long?)null : Convert.ToInt64(value, CultureInfo.InvariantCulture)
            ),
        };

    private static T[] Of<T>(IReadOnlyList<object?[]> rows, int place, Func<object?, T> read)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = read(rows[i][place]);
        }

        return values;
    }

    private static NpgsqlBatchCommand One(BulkRows table, object?[] row)
    {
#pragma warning disable CA2100 // The caller's text is a constant with named parameters.
        var command = new NpgsqlBatchCommand(table.Sql);
#pragma warning restore CA2100
        for (var i = 0; i < row.Length; i++)
        {
            command.Parameters.Add(new NpgsqlParameter(table.Names[i], row[i] ?? DBNull.Value));
        }

        return command;
    }
}
