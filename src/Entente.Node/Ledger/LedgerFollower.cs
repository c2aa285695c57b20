using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Entente.Node.Storage;

namespace Entente.Node.Ledger;

/// <summary>
/// Reads on in the ledger for those who keep a projection of what happened: in order, each leaf once, and without anybody
/// having to wait for them. How far it is stands in a setting, moved in the transaction of what was made of the leaves.
/// </summary>
internal sealed class LedgerFollower(Database database, LedgerLog ledger)
{
    // Their messages are in memory at once.
    private const int Leaves = 512;

    /// <summary>
    /// Reads messages and notes that came, left or were written, to the ledger's end as it is now: what comes meanwhile is
    /// the next time's, or a flood would hold up whoever asked.
    /// </summary>
    /// <param name="setting">Remembers how far; there from the migration on.</param>
    /// <param name="prepare">Reads what it needs outside a transaction, and returns what is to be done inside one.</param>
    /// <param name="rest">After each step, so many times as long as it took: for whoever nobody waits for.</param>
    public async Task FollowAsync(
        string setting,
        Func<IReadOnlyList<FollowedLeaf>, CancellationToken, Task<Func<Transaction, Task>>> prepare,
        int rest,
        CancellationToken cancellation
    )
    {
        var end = await ledger.SizeAsync(cancellation);
        var began = Stopwatch.GetTimestamp();
        while (await StepAsync(setting, end, prepare, cancellation))
        {
            // Others write in between.
            await Task.Delay(rest * Stopwatch.GetElapsedTime(began), TimeProvider.System, cancellation);
            began = Stopwatch.GetTimestamp();
        }
    }

    /// <returns>False at the end, or when another instance is at it.</returns>
    private async Task<bool> StepAsync(
        string setting,
        long end,
        Func<IReadOnlyList<FollowedLeaf>, CancellationToken, Task<Func<Transaction, Task>>> prepare,
        CancellationToken cancellation
    )
    {
        var (read, leaves) = await database.ReadAsync(c => NextAsync(c, setting, end, cancellation), cancellation);
        if (read >= end)
        {
            return false;
        }

        var work = await prepare(leaves, cancellation);
        const string move = "UPDATE setting SET value = @Done WHERE name = @Setting AND value = @Read";
        var values = new
        {
            Setting = setting,
            Done = Math.Min(read + Leaves, end).ToString(CultureInfo.InvariantCulture),
            Read = read.ToString(CultureInfo.InvariantCulture),
        };
        return await database.WriteBehindAsync(
            async t =>
            {
                if (await t.RunAsync(move, values, cancellation) == 0)
                {
                    return false;
                }

                await work(t);
                return true;
            },
            cancellation
        );
    }

    private static async Task<(long Read, IReadOnlyList<FollowedLeaf> Leaves)> NextAsync(
        DbConnection connection,
        string setting,
        long end,
        CancellationToken cancellation
    )
    {
        const string cursor = "SELECT value FROM setting WHERE name = @Setting";
        const string sql = """
            SELECT at, actor, action, object FROM ledger_leaf
            WHERE idx >= @Read AND idx < @Until AND action IN ('disclose', 'receive', 'collect')
            ORDER BY idx
            """;
        var read = long.Parse(
            await connection.OneAsync<string>(cursor, new { Setting = setting }, cancellation) ?? "0",
            CultureInfo.InvariantCulture
        );
        var values = new { Read = read, Until = Math.Min(read + Leaves, end) };
        return (read, await connection.ListAsync<FollowedLeaf>(sql, values, cancellation));
    }
}

/// <summary>One leaf as a follower sees it.</summary>
internal sealed record FollowedLeaf
{
    public required DateTimeOffset At { get; init; }
    public required string Actor { get; init; }
    public required string Action { get; init; }
    public required string Object { get; init; }

    public string? Message => Id("message:");

    public string? Case => Id("case:");

    private string? Id(string kind) => Object.StartsWith(kind, StringComparison.Ordinal) ? Object[kind.Length..] : null;
}
