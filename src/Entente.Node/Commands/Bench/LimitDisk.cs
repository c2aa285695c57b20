using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Entente.Node.Commands.Bench;

/// <summary>
/// Bare rows made durable in the embedded engine: numbered, without any other index, in transactions of one envelope. What
/// each side must have on its disk, and when, is what the protocol says.
/// </summary>
internal sealed class LimitDisk(string folder, byte[] line, int each)
{
    private static readonly string Leaf = new('x', 300);
    private static readonly string Entry = new('x', 150);

    /// <summary>The line and its leaf before it is sent, with the sealed envelope; then the receipt and its leaf.</summary>
    /// <returns>Microseconds a message.</returns>
    public double Sender() =>
        Measure(
            "sender",
            (insert, transaction) =>
            {
                transaction(() =>
                {
                    insert("line", each, line);
                    insert("leaf", each + 1, Leaf);
                    insert("envelope", 1, new byte[each * line.Length * 4 / 3]);
                });
                transaction(() =>
                {
                    insert("receipt", 1, new byte[each * Entry.Length * 4 / 3]);
                    insert("leaf", 1, Leaf);
                });
            }
        );

    /// <summary>Before the receipt: the line, its leaf, and what a repetition must be answered with.</summary>
    /// <returns>Microseconds a message.</returns>
    public double Receiver() =>
        Measure(
            "receiver",
            (insert, transaction) =>
                transaction(() =>
                {
                    insert("line", each, line);
                    insert("leaf", each, Leaf);
                    insert("entry", each, Entry);
                })
        );

    /// <summary>Transactions of one short row, made durable one after the other.</summary>
    public double CommitsPerSecond()
    {
        const int commits = 300;
        using var connection = Open("commits");
        using var row = Insert(connection, "line", new byte[100]);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < commits; i++)
        {
            row.ExecuteNonQuery();
        }

        return commits / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private double Measure(string name, Action<Action<string, int, object>, Action<Action>> envelope)
    {
        var rounds = Math.Max(10, 20_000 / each);
        using var connection = Open(name);
        var statements = new Dictionary<string, SqliteCommand>(StringComparer.Ordinal);
        SqliteTransaction? current = null;
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < rounds; i++)
        {
            envelope(Rows, Together);
        }

        var took = Stopwatch.GetElapsedTime(began);
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        return took.TotalMicroseconds / (rounds * each);

        void Rows(string table, int count, object value)
        {
            if (!statements.TryGetValue(table, out var statement))
            {
                statements.Add(table, statement = Insert(connection, table, value));
            }

            statement.Transaction = current;
            for (var row = 0; row < count; row++)
            {
                statement.ExecuteNonQuery();
            }
        }

        void Together(Action work)
        {
            using var transaction = connection.BeginTransaction();
            current = transaction;
            work();
            transaction.Commit();
        }
    }

    private SqliteConnection Open(string name)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, $"limit-{name}.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA page_size = 8192;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = 8192;
            CREATE TABLE line (number INTEGER PRIMARY KEY, value BLOB);
            CREATE TABLE leaf (number INTEGER PRIMARY KEY, value TEXT);
            CREATE TABLE entry (number INTEGER PRIMARY KEY, value TEXT);
            CREATE TABLE envelope (number INTEGER PRIMARY KEY, value BLOB);
            CREATE TABLE receipt (number INTEGER PRIMARY KEY, value BLOB);
            """;
        command.ExecuteNonQuery();
        return connection;
    }

    private static SqliteCommand Insert(SqliteConnection connection, string table, object value)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the tables above.
        command.CommandText = $"INSERT INTO {table} (value) VALUES (@Value)";
#pragma warning restore CA2100
        command.Parameters.AddWithValue("@Value", value);
        return command;
    }
}
