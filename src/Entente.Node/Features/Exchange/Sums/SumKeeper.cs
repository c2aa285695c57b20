using System.Diagnostics;
using System.Globalization;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange.Sums;

/// <summary>
/// Keeps the sums in step with the requests, a little behind them: reads in the ledger which requests came or were answered,
/// marks their days, and counts marked days anew. Whoever asks for a figure meanwhile has marked days counted for himself.
/// </summary>
internal sealed class SumKeeper(Database database, LedgerLog ledger, DayCounter counter)
{
    private const int Leaves = 4096;

    /// <summary>To the ledger's end as it is now, and every marked day.</summary>
    /// <param name="rest">After each step, so many times as long as it took.</param>
    public async Task KeepAsync(int rest, CancellationToken cancellation)
    {
        var end = await ledger.SizeAsync(cancellation);
        await WhileAsync(() => FollowAsync(end, cancellation), rest, cancellation);
        var last = StaleDay.BeforeAll;
        await WhileAsync(
            async () =>
            {
                var counted = await counter.CountNextAsync(last, cancellation);
                last = counted ?? last;
                return counted is not null;
            },
            rest,
            cancellation
        );
    }

    private static async Task WhileAsync(Func<Task<bool>> step, int rest, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        while (await step())
        {
            await Task.Delay(rest * Stopwatch.GetElapsedTime(began), TimeProvider.System, cancellation);
            began = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Marks the days of what the next leaves name; false at the end, or when another instance is at it.</summary>
    private async Task<bool> FollowAsync(long end, CancellationToken cancellation)
    {
        const string cursor = "SELECT value FROM setting WHERE name = 'figures.followed'";
        const string move = "UPDATE setting SET value = @Done WHERE name = 'figures.followed' AND value = @Read";
        const string came = """
            INSERT INTO exchange_stale (country, day, mark)
            SELECT DISTINCT r.country, r.sent - r.sent % 86400000, @Mark
            FROM ledger_leaf l JOIN request r ON r.id = substr(l.object, 9)
            WHERE l.idx >= @From AND l.idx < @Until AND l.action IN ('disclose', 'receive')
                AND l.object LIKE 'message:%' AND r.kind = 'request'
            """;
        const string answered = """
            INSERT INTO exchange_stale (country, day, mark)
            SELECT DISTINCT r.country, r.sent - r.sent % 86400000, @Mark
            FROM ledger_leaf l JOIN request r ON r.answer_id = substr(l.object, 9)
            WHERE l.idx >= @From AND l.idx < @Until AND l.action IN ('disclose', 'receive')
                AND l.object LIKE 'message:%' AND r.kind = 'request'
            """;
        var value = await database.ReadAsync(c => c.OneAsync<string>(cursor, null, cancellation), cancellation);
        var from = long.Parse(value ?? "0", CultureInfo.InvariantCulture);
        if (from >= end)
        {
            return false;
        }

        var until = Math.Min(from + Leaves, end);
        var moved = new { Done = Text(until), Read = Text(from) };
        return await database.WriteBehindAsync(
            async t =>
            {
                if (await t.RunAsync(move, moved, cancellation) == 0)
                {
                    return false;
                }

                foreach (var sql in new[] { came, answered })
                {
                    var leaves = new
                    {
                        From = from,
                        Until = until,
                        Mark = StaleDays.NewMark(),
                    };
                    await t.RunAsync(sql, leaves, cancellation);
                }

                return true;
            },
            cancellation
        );
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
