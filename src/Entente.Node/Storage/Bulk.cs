using Npgsql;

namespace Entente.Node.Storage;

/// <summary>
/// One statement for many rows, in a transaction: a prepared loop in SQLite, which has no round trips to save; in PostgreSQL
/// one batch for all tables, or COPY where a table gets very many.
/// </summary>
internal static class Bulk
{
    // Statements of which each has rows of its own.
    private const int BatchRows = 500;

    // A copy costs two round trips more than a batch, and less for each row.
    private const int WorthACopy = 2000;

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

        // In SQLite nothing is gained by keeping back what is no plain insert.
        var plain = PlainInsert.Of(sql) is not null;
        return transaction.Gathering is { } gathering && (plain || transaction.Engine == Engine.Postgres)
            ? gathering.AddAsync(sql, names, rows, plain)
            : ExecuteAsync(transaction, [new BulkRows(sql, names, rows)], cancellation);
    }

    /// <summary>Rows of several tables.</summary>
    public static async Task ExecuteAsync(
        Transaction transaction,
        IReadOnlyList<BulkRows> tables,
        CancellationToken cancellation
    )
    {
        var connection = transaction.Connection;
        if (connection is PreparedConnection sqlite)
        {
            Execute(sqlite, tables, cancellation);
            return;
        }

        var postgres = (NpgsqlConnection)connection; // There are two engines.
        await using var batch = Batch(postgres, transaction);
        foreach (var table in tables)
        {
            if (table.Rows.Count >= WorthACopy && PlainInsert.Of(table.Sql) is not null)
            {
                await SendAsync(batch, cancellation);
                await PostgresCopy.TryAsync(postgres, transaction.Inner, table, cancellation);
            }
            else if (Types(postgres, transaction, table) is { } types)
            {
                PostgresRows.Add(batch, table, types);
            }
            else
            {
                foreach (var chunk in table.Rows.Chunk(BatchRows))
                {
                    PostgresRows.Add(batch, table with { Rows = chunk }, null);
                    await (
                        batch.BatchCommands.Count >= BatchRows ? SendAsync(batch, cancellation) : Task.CompletedTask
                    );
                }
            }
        }

        await SendAsync(batch, cancellation);
    }

    /// <summary>The same for a caller that cannot wait in the ordinary way: <see cref="Transaction.Connection"/>.</summary>
    public static void Execute(Transaction transaction, IReadOnlyList<BulkRows> tables)
    {
        var connection = transaction.Connection;
        if (connection is PreparedConnection sqlite)
        {
            Execute(sqlite, tables, CancellationToken.None);
            return;
        }

        var postgres = (NpgsqlConnection)connection; // There are two engines.
        using var batch = Batch(postgres, transaction);
        foreach (var table in tables)
        {
            PostgresRows.Add(batch, table, Types(postgres, transaction, table));
        }

        batch.ExecuteNonQuery();
    }

    private static void Execute(
        PreparedConnection sqlite,
        IReadOnlyList<BulkRows> tables,
        CancellationToken cancellation
    )
    {
        foreach (var table in tables)
        {
            SqliteBulk.Execute(sqlite, table, cancellation);
        }
    }

    /// <summary>Null where each row needs its own statement: it is no plain insert, or there is only one.</summary>
    private static IReadOnlyDictionary<string, NpgsqlTypes.NpgsqlDbType>? Types(
        NpgsqlConnection connection,
        Transaction transaction,
        BulkRows table
    ) =>
        table.Rows.Count > 1 && PlainInsert.Of(table.Sql) is { } insert
            ? PostgresCopy.Types(connection, transaction.Inner, insert.Table)
            : null;

    private static NpgsqlBatch Batch(NpgsqlConnection connection, Transaction transaction) =>
        new(connection, (NpgsqlTransaction)transaction.Inner); // The connection's own.

    private static async Task SendAsync(NpgsqlBatch batch, CancellationToken cancellation)
    {
        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellation);
            batch.BatchCommands.Clear();
        }
    }
}

/// <summary>Rows for one statement.</summary>
/// <param name="Names">The statement's parameters, in the order of each row's values.</param>
internal sealed record BulkRows(string Sql, IReadOnlyList<string> Names, IReadOnlyList<object?[]> Rows);
