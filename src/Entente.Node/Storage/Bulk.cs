using System.Data.Common;
using Npgsql;

namespace Entente.Node.Storage;

/// <summary>
/// One statement for many rows, in a transaction: a prepared loop in SQLite, which has no round trips to save, and
/// COPY in PostgreSQL, or pipelined batches of what is not a plain insert.
/// </summary>
internal static class Bulk
{
    private const int BatchRows = 500;

    // A copy costs two round trips more than a batch.
    private const int WorthACopy = 8;

    /// <param name="sql">A statement with named parameters; a constant, for it is known again by being the same.</param>
    /// <param name="names">The parameters, in the order of each row's values.</param>
    public static Task ExecuteAsync(
        Transaction transaction,
        string sql,
        IReadOnlyList<string> names,
        IReadOnlyList<object?[]> rows,
        CancellationToken cancellation
    )
    {
        if (rows.Count == 0)
        {
            return Task.CompletedTask;
        }

        return transaction.Gathering is { } gathering && PlainInsert.Of(sql) is not null
            ? gathering.AddAsync(sql, names, rows)
            : RowsAsync(transaction, new BulkRows(sql, names, rows), cancellation);
    }

    /// <summary>Rows of several tables; few of each go together.</summary>
    public static async Task ExecuteAsync(
        Transaction transaction,
        IReadOnlyList<BulkRows> tables,
        CancellationToken cancellation
    )
    {
        if (transaction.Engine == Engine.Postgres)
        {
            var few = tables.Where(table => table.Rows.Count < WorthACopy).ToList();
            await BatchAsync(transaction, few, cancellation);
            tables = [.. tables.Except(few)];
        }

        foreach (var table in tables)
        {
            await RowsAsync(transaction, table, cancellation);
        }
    }

    /// <summary>The same for a caller that cannot wait in the ordinary way: <see cref="Transaction.Connection"/>.</summary>
    public static void Execute(Transaction transaction, IReadOnlyList<BulkRows> tables)
    {
        if (transaction.Connection is PreparedConnection sqlite)
        {
            foreach (var table in tables)
            {
                SqliteBulk.Execute(sqlite, table, CancellationToken.None);
            }

            return;
        }

        using var batch = Batch(transaction, tables);
        batch.ExecuteNonQuery();
    }

    private static async Task RowsAsync(Transaction transaction, BulkRows table, CancellationToken cancellation)
    {
        var connection = transaction.Connection;
        if (connection is PreparedConnection sqlite)
        {
            SqliteBulk.Execute(sqlite, table, cancellation);
            return;
        }

        if (
            table.Rows.Count >= WorthACopy
            && connection is NpgsqlConnection postgres
            && await PostgresCopy.TryAsync(postgres, transaction.Inner, table, cancellation)
        )
        {
            return;
        }

        foreach (var chunk in table.Rows.Chunk(BatchRows))
        {
            await BatchAsync(transaction, [table with { Rows = chunk }], cancellation);
        }
    }

    private static async Task BatchAsync(
        Transaction transaction,
        IReadOnlyList<BulkRows> tables,
        CancellationToken cancellation
    )
    {
        if (tables.Count > 0)
        {
            await using var batch = Batch(transaction, tables);
            await batch.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static DbBatch Batch(Transaction transaction, IReadOnlyList<BulkRows> tables)
    {
        var batch = transaction.Connection.CreateBatch();
        batch.Transaction = transaction.Inner;
        foreach (var (sql, names, rows) in tables)
        {
            foreach (var row in rows)
            {
                batch.BatchCommands.Add(Command(batch, sql, names, row));
            }
        }

        return batch;
    }

    private static DbBatchCommand Command(DbBatch batch, string sql, IReadOnlyList<string> names, object?[] row)
    {
        var command = batch.CreateBatchCommand();
#pragma warning disable CA2100 // The caller's text is a constant with named parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < row.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = names[i];
            parameter.Value = row[i] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}

/// <summary>Rows for one statement.</summary>
/// <param name="Names">The statement's parameters, in the order of each row's values.</param>
internal sealed record BulkRows(string Sql, IReadOnlyList<string> Names, IReadOnlyList<object?[]> Rows);
