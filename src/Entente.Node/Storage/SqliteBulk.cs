using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Entente.Node.Storage;

/// <summary>
/// The statement bound by place through SQLite's own interface. The provider finds every parameter again by its name for
/// every row, which costs a fifth of a ledger append (measured by `bench ledger`).
/// </summary>
internal static class SqliteBulk
{
    public static void Execute(PreparedConnection connection, BulkRows table, CancellationToken cancellation)
    {
        var (sql, names, rows) = table;
        var handle = connection.Inner.Handle!; // The transaction's connection is open.
        var statement = connection.Statement(sql);
        Span<int> places = stackalloc int[names.Count];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = Place(statement, names[i]);
        }

        try
        {
            foreach (var row in rows)
            {
                cancellation.ThrowIfCancellationRequested();
                for (var i = 0; i < places.Length; i++)
                {
                    Check(Bind(statement, places[i], row[i]), handle);
                }

                var step = raw.sqlite3_step(statement);
                // Reset repeats the failure; the first word of it is the exact one.
                var reset = raw.sqlite3_reset(statement);
                Check(step == raw.SQLITE_DONE ? reset : step, handle);
            }
        }
        finally
        {
            raw.sqlite3_clear_bindings(statement); // The statement stays; what it held need not.
        }
    }

    private static int Place(sqlite3_stmt statement, string name)
    {
        var place = raw.sqlite3_bind_parameter_index(statement, "@" + name);
        return place > 0
            ? place
            : throw new ArgumentException($"The statement has no parameter @{name}.", nameof(name));
    }

    private static int Bind(sqlite3_stmt statement, int place, object? value) =>
        value switch
        {
            null => raw.sqlite3_bind_null(statement, place),
            // An empty span has no address, which SQLite takes for NULL.
            string { Length: 0 } => raw.sqlite3_bind_text(statement, place, ""),
            string text => BindText(statement, place, text),
            long number => raw.sqlite3_bind_int64(statement, place, number),
            int number => raw.sqlite3_bind_int(statement, place, number),
            byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, place, 0),
            byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
            bool flag => raw.sqlite3_bind_int(statement, place, flag ? 1 : 0),
            _ => throw new ArgumentException($"A {value.GetType().Name} is not stored in bulk.", nameof(value)),
        };

    private static int BindText(sqlite3_stmt statement, int place, string text)
    {
        const int OnStack = 512;
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= OnStack)
        {
            Span<byte> few = stackalloc byte[OnStack];
            return raw.sqlite3_bind_text(statement, place, few[..Encoding.UTF8.GetBytes(text, few)]);
        }

        var many = ArrayPool<byte>.Shared.Rent(most);
        var length = Encoding.UTF8.GetBytes(text, many);
        var result = raw.sqlite3_bind_text(statement, place, many.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(many);
        return result;
    }

    private static void Check(int result, sqlite3 handle) => SqliteException.ThrowExceptionForRC(result, handle);
}
