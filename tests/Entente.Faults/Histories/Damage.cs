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
        await using var find = _connection.CreateCommand();
        find.CommandText = $"SELECT rowid, {column} FROM {table} WHERE {column} IS NOT NULL AND {column} <> ''";
        List<(long Row, object Value)> rows = [];
        await using (var reader = await find.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                rows.Add((reader.GetInt64(0), reader.GetValue(1)));
            }
        }

        if (rows.Count == 0)
        {
            return null;
        }

        var (row, value) = rows[chance.Next(0, rows.Count)];
        await using var update = _connection.CreateCommand();
        update.CommandText = $"UPDATE {table} SET {column} = $value WHERE rowid = $row";
        update.Parameters.AddWithValue("$value", Flipped(value, chance));
        update.Parameters.AddWithValue("$row", row);
        await update.ExecuteNonQueryAsync(cancellation);
        return value;
    }

    public async Task<int> DeleteAsync(string table, Chance chance)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = $"""
            DELETE FROM {table} WHERE rowid = (
              SELECT rowid FROM {table} ORDER BY rowid LIMIT 1 OFFSET {chance.Next(
                0,
                1000
            )} % (SELECT COUNT(*) FROM {table}))
            """;
        return await command.ExecuteNonQueryAsync(cancellation);
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
