using System.Globalization;
using Entente.Node.Features.Backup;
using Entente.Node.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Entente.Node.Features.Moving;

/// <summary>Every row of every table from one engine to the other, by binary COPY; one row in memory at a time.</summary>
internal sealed class RowMove(SqliteConnection source, PostgresFilling filling)
{
    // Each engine keeps its own list of the migrations that made its schema.
    private const string Journal = "schema_migration";
    private const int Told = 1000;

    public async Task<long> RunAsync(Action<long, long> tell, CancellationToken cancellation)
    {
        var tables = (await PostgresTables.ListAsync(filling.Connection, cancellation))
            .Where(t => t.Name != Journal)
            .ToList();
        await CheckAsync(tables, cancellation);
        await filling.EmptyAsync(tables, cancellation);
        var sizes = new Dictionary<string, long>();
        foreach (var table in tables)
        {
            sizes[table.Name] = await CountAsync(table.Name, cancellation);
        }

        var (done, all) = (0L, sizes.Values.Sum());
        foreach (var table in tables)
        {
            var before = done;
            var moved = await MoveAsync(table, rows => tell(before + rows, all), cancellation);
            done += moved;
            if (moved != sizes[table.Name])
            {
                throw new BackupRefused(
                    new TablesDiffer($"{table.Name} has {sizes[table.Name]} rows, {moved} arrived")
                );
            }
        }

        return done;
    }

    private async Task CheckAsync(List<PostgresTable> tables, CancellationToken cancellation)
    {
        const string names = """
            SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name
            """;
        const string columns =
            "SELECT p.name FROM sqlite_schema s JOIN pragma_table_info(s.name) p WHERE s.name = @Table";
        var here = (await source.ListAsync<string>(names, null, cancellation)).Where(n => n != Journal).ToHashSet();
        here.SymmetricExceptWith(tables.Select(t => t.Name));
        if (here.Count > 0)
        {
            throw new BackupRefused(new TablesDiffer(here.First()));
        }

        foreach (var table in tables)
        {
            var own = await source.ListAsync<string>(columns, new { Table = table.Name }, cancellation);
            if (!own.ToHashSet().SetEquals(table.Columns))
            {
                throw new BackupRefused(new TablesDiffer($"the columns of {table.Name}"));
            }
        }
    }

    private Task<long> CountAsync(string table, CancellationToken cancellation) =>
        source.OneAsync<long>($"SELECT COUNT(*) FROM {PostgresTable.Quote(table)}", null, cancellation);

    private async Task<long> MoveAsync(PostgresTable table, Action<long> tell, CancellationToken cancellation)
    {
        await using var read = source.CreateCommand();
#pragma warning disable CA2100 // Names of our own tables and columns, quoted.
        read.CommandText = table.Select;
#pragma warning restore CA2100
        await using var rows = await read.ExecuteReaderAsync(cancellation);
        await using var copy = await filling.Connection.BeginBinaryImportAsync(
            PostgresTable.CopyIn(table.Name, table.Columns),
            cancellation
        );
        var moved = 0L;
        while (await rows.ReadAsync(cancellation))
        {
            await copy.StartRowAsync(cancellation);
            for (var column = 0; column < table.Types.Length; column++)
            {
                await WriteAsync(copy, rows, column, table.Types[column], cancellation);
            }

            if (++moved % Told == 0)
            {
                tell(moved);
            }
        }

        var arrived = await copy.CompleteAsync(cancellation);
        tell(moved);
        return (long)arrived;
    }

    private static Task WriteAsync(
        NpgsqlBinaryImporter copy,
        SqliteDataReader rows,
        int column,
        string type,
        CancellationToken cancellation
    ) =>
        rows.IsDBNull(column)
            ? copy.WriteNullAsync(cancellation)
            : type switch
            {
                "text" => copy.WriteAsync(rows.GetString(column), NpgsqlDbType.Text, cancellation),
                "bigint" => copy.WriteAsync(rows.GetInt64(column), NpgsqlDbType.Bigint, cancellation),
                "integer" => copy.WriteAsync(rows.GetInt32(column), NpgsqlDbType.Integer, cancellation),
                "boolean" => copy.WriteAsync(rows.GetInt64(column) != 0, NpgsqlDbType.Boolean, cancellation),
                "double precision" => copy.WriteAsync(rows.GetDouble(column), NpgsqlDbType.Double, cancellation),
                "bytea" => copy.WriteAsync(Bytes(rows, column), NpgsqlDbType.Bytea, cancellation),
                _ => throw new InvalidOperationException(
                    string.Create(CultureInfo.InvariantCulture, $"No rule moves a column of type {type}.")
                ),
            };

    private static byte[] Bytes(SqliteDataReader rows, int column) => rows.GetFieldValue<byte[]>(column);
}
