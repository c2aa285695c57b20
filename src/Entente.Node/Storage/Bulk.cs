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

    /// <param name="sql">A statement with named parameters.</param>
    /// <param name="names">The parameters, in the order of each row's values.</param>
    public static async Task ExecuteAsync(
        Transaction transaction,
        string sql,
        IReadOnlyList<string> names,
        IReadOnlyList<object?[]> rows,
        CancellationToken cancellation
    )
    {
        if (rows.Count == 0)
        {
            return;
        }

        if (transaction.Connection is PreparedConnection sqlite)
        {
            SqliteBulk.Execute(sqlite, sql, names, rows, cancellation);
            return;
        }

        if (
            rows.Count >= WorthACopy
            && transaction.Connection is NpgsqlConnection postgres
            && await PostgresCopy.TryAsync(postgres, transaction.Inner, sql, names, rows, cancellation)
        )
        {
            return;
        }

        foreach (var chunk in rows.Chunk(BatchRows))
        {
            await BatchAsync(transaction, sql, names, chunk, cancellation);
        }
    }

    private static async Task BatchAsync(
        Transaction transaction,
        string sql,
        IReadOnlyList<string> names,
        object?[][] rows,
        CancellationToken cancellation
    )
    {
        await using var batch = transaction.Connection.CreateBatch();
        batch.Transaction = transaction.Inner;
        foreach (var row in rows)
        {
            var command = batch.CreateBatchCommand();
#pragma warning disable CA2100 // The caller's text is a constant with named parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 0; i < row.Length; i++)
            {
                var parameter = Parameter(command.CreateParameter(), names[i]);
                parameter.Value = row[i] ?? DBNull.Value;
                command.Parameters.Add(parameter);
            }

            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static DbParameter Parameter(DbParameter parameter, string name)
    {
        parameter.ParameterName = name;
        return parameter;
    }
}
