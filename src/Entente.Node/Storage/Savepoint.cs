using System.Data.Common;

namespace Entente.Node.Storage;

/// <summary>Lets one work of a shared transaction fail alone.</summary>
internal static class Savepoint
{
    private const string Name = "work";

    public static Task SetAsync(Transaction t) =>
        RunAsync(t, "SAVEPOINT work", (inner, token) => inner.SaveAsync(Name, token));

    public static Task LeaveAsync(Transaction t) =>
        RunAsync(t, "RELEASE work", (inner, token) => inner.ReleaseAsync(Name, token));

    public static async Task BackAsync(Transaction t)
    {
        await RunAsync(t, "ROLLBACK TO work", (inner, token) => inner.RollbackAsync(Name, token));
        await LeaveAsync(t);
    }

    // Npgsql sends its own together with the next statement; in SQLite the prepared text is the quickest.
    private static async Task RunAsync(Transaction t, string sql, Func<DbTransaction, CancellationToken, Task> ask)
    {
        if (t.Engine == Engine.Postgres)
        {
            await ask(t.Inner, CancellationToken.None);
            return;
        }

        await using var command = t.Connection.CreateCommand();
#pragma warning disable CA2100 // One of the three constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = t.Inner;
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
