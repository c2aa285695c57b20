using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Entente.Node.Storage;

/// <summary>
/// The statement bound by place through SQLite's own interface. The provider finds every parameter again by its name for
/// every row, and has SQLite copy every value; here a row's values lie in one piece of memory that SQLite reads where it is.
/// </summary>
internal static unsafe partial class SqliteBulk
{
    public static void Execute(PreparedConnection connection, BulkRows table, CancellationToken cancellation)
    {
        var handle = connection.Inner.Handle!; // The transaction's connection is open.
        var (statement, places) = connection.Statement(table.Sql, table.Names);
        var held = false;
        byte[] memory = [];
        try
        {
            statement.DangerousAddRef(ref held);
            var native = statement.DangerousGetHandle();
            foreach (var row in table.Rows)
            {
                cancellation.ThrowIfCancellationRequested();
                var size = Size(row);
                if (size > memory.Length)
                {
                    ArrayPool<byte>.Shared.Return(memory);
                    memory = ArrayPool<byte>.Shared.Rent(size);
                }

                fixed (byte* at = memory)
                {
                    Bind(native, places, row, at, memory.Length, handle);
                    var step = Step(native);
                    // Reset repeats the failure; the first word of it is the exact one.
                    var reset = Reset(native);
                    Check(step == raw.SQLITE_DONE ? reset : step, handle);
                }
            }
        }
        finally
        {
            if (held)
            {
                raw.sqlite3_clear_bindings(statement); // The statement stays; what it held does not.
                statement.DangerousRelease();
            }

            ArrayPool<byte>.Shared.Return(memory, clearArray: true);
        }
    }

    /// <summary>The most that the row's words and bytes need.</summary>
    private static int Size(object?[] row)
    {
        var size = 1; // An empty array has no address.
        foreach (var value in row)
        {
            size += value switch
            {
                string text => Encoding.UTF8.GetMaxByteCount(text.Length),
                byte[] bytes => bytes.Length,
                _ => 0,
            };
        }

        return size;
    }

    private static void Bind(nint statement, int[] places, object?[] row, byte* at, int left, sqlite3 handle)
    {
        for (var i = 0; i < places.Length; i++)
        {
            var place = places[i];
            switch (row[i])
            {
                case null:
                    Check(BindNull(statement, place), handle);
                    break;
                case string text:
                    var length = Encoding.UTF8.GetBytes(text, new Span<byte>(at, left));
                    Check(BindText(statement, place, at, length, 0), handle);
                    at += length;
                    left -= length;
                    break;
                case byte[] bytes:
                    bytes.CopyTo(new Span<byte>(at, left));
                    Check(BindBlob(statement, place, at, bytes.Length, 0), handle);
                    at += bytes.Length;
                    left -= bytes.Length;
                    break;
                case long number:
                    Check(BindLong(statement, place, number), handle);
                    break;
                case int number:
                    Check(BindLong(statement, place, number), handle);
                    break;
                case bool flag:
                    Check(BindLong(statement, place, flag ? 1 : 0), handle);
                    break;
                case var other:
                    throw new ArgumentException($"A {other.GetType().Name} is not stored in bulk.", nameof(row));
            }
        }
    }

    private static void Check(int result, sqlite3 handle)
    {
        if (result is not raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, handle);
        }
    }

    // The library that the provider has loaded. The last argument of a binding says who frees the memory: nobody.
    private const string Library = "e_sqlite3";

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null")]
    private static partial int BindNull(nint statement, int place);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64")]
    private static partial int BindLong(nint statement, int place, long number);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text")]
    private static partial int BindText(nint statement, int place, byte* text, int length, nint free);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_blob")]
    private static partial int BindBlob(nint statement, int place, byte* bytes, int length, nint free);

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    private static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    private static partial int Reset(nint statement);
}
