using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Entente.Faults.Histories;

/// <summary>Changes one value of one row as a failing disk or a quiet hand would: one bit, or one digit.</summary>
[SuppressMessage("Security", "CA2100", Justification = "Names come out of the schema, values are parameters.")]
internal sealed class Damage(string file, CancellationToken cancellation) : IAsyncDisposable
{
    private readonly SqliteConnection _connection = new($"Data Source={file};Pooling=False");

    public async Task OpenAsync() => await _connection.OpenAsync(cancellation);

    public async Task<IReadOnlyList<string>> ColumnsAsync(string table)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<string> columns = [];
        while (await reader.ReadAsync(cancellation))
        {
            columns.Add(reader.GetString(0));
        }

        return columns;
    }

    /// <returns>The value as it was; null where no row has one.</returns>
    public async Task<object?> FlipAsync(string table, string column, Chance chance)
    {
        var rows = await RowsAsync(table, column, $"{column} IS NOT NULL AND {column} <> ''");
        if (rows.Count == 0)
        {
            return null;
        }

        var row = rows[chance.Next(0, rows.Count)];
        await ChangeAsync($"UPDATE {table} SET {column} = $value", row.Key, Flipped(row.Value, chance));
        return row.Value;
    }

    public async Task<int> DeleteAsync(string table, Chance chance)
    {
        var rows = await RowsAsync(table, "1", "TRUE");
        return await ChangeAsync($"DELETE FROM {table}", rows[chance.Next(0, 1000) % rows.Count].Key, null);
    }

    /// <summary>Rows by their primary key: not every table has another name for them.</summary>
    private async Task<List<(IReadOnlyList<(string Column, object Value)> Key, object Value)>> RowsAsync(
        string table,
        string column,
        string where
    )
    {
        var key = await KeyAsync(table);
        await using var find = _connection.CreateCommand();
        find.CommandText =
            $"SELECT {column}, {string.Join(", ", key)} FROM {table} WHERE {where} ORDER BY {string.Join(", ", key)}";
        await using var reader = await find.ExecuteReaderAsync(cancellation);
        List<(IReadOnlyList<(string, object)>, object)> rows = [];
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(([.. key.Select((name, i) => (name, reader.GetValue(i + 1)))], reader.GetValue(0)));
        }

        return rows;
    }

    private async Task<IReadOnlyList<string>> KeyAsync(string table)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<string> key = [];
        while (await reader.ReadAsync(cancellation))
        {
            key.Add(reader.GetString(0));
        }

        return key;
    }

    private async Task<int> ChangeAsync(string sql, IReadOnlyList<(string Column, object Value)> key, object? value)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = $"{sql} WHERE {string.Join(" AND ", key.Select((k, i) => $"{k.Column} = $key{i}"))}";
        for (var i = 0; i < key.Count; i++)
        {
            command.Parameters.AddWithValue($"$key{i}", key[i].Value);
        }

        command.Parameters.AddWithValue("$value", value ?? DBNull.Value);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Moves one row behind the back of an index, which then leads to where it was.</summary>
    public async Task ForgetIndexAsync(string index)
    {
        await RunAsync(
            $"""
            PRAGMA writable_schema = ON;
            CREATE TEMP TABLE kept AS SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE name = '{index}';
            DELETE FROM sqlite_schema WHERE name = '{index}';
            PRAGMA writable_schema = RESET;
            """
        );
        await RunAsync(
            $"""
            UPDATE message SET rowid = rowid + 1000000 WHERE rowid = (SELECT MIN(rowid) FROM message);
            PRAGMA writable_schema = ON;
            INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) SELECT type, name, tbl_name, rootpage, sql FROM kept;
            PRAGMA writable_schema = RESET;
            """
        );
    }

    private async Task RunAsync(string sql)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>All values of a table, but those of some columns, in the order of its key.</summary>
    public async Task<IReadOnlyList<string>> DumpAsync(string table, IReadOnlyCollection<string> without)
    {
        var columns = (await ColumnsAsync(table)).Where(c => !without.Contains($"{table}.{c}"));
        await using var command = _connection.CreateCommand();
        command.CommandText =
            $"SELECT {string.Join(", ", columns.Select(c => $"quote({c})"))} FROM {table} ORDER BY {string.Join(", ", await KeyAsync(table))}";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<string> rows = [];
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }

        return rows;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static object Flipped(object value, Chance chance)
    {
        switch (value)
        {
            case long number:
                return number ^ (1L << 40);
            case byte[] bytes:
                var copy = bytes.ToArray();
                copy[chance.Next(0, copy.Length)] ^= (byte)(1 << chance.Next(0, 8));
                return copy;
            default:
                var text = Convert.ToString(value, CultureInfo.InvariantCulture)!.ToCharArray();
                var place = chance.Next(0, text.Length);
                text[place] = text[place] == 'A' ? 'B' : 'A';
                return new string(text);
        }
    }
}
