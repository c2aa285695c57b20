using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange.Sums;

/// <summary>
/// Keeps the sums in step with the requests, a little behind them: reads in the ledger which requests came or were answered,
/// marks their days, and counts marked days anew. Whoever asks for a figure meanwhile has marked days counted for himself.
/// </summary>
internal sealed class SumKeeper(Database database, LedgerLog ledger)
{
    private const int Leaves = 4096;
    private const int Days = 32;

    /// <summary>To the ledger's end as it is now, and every marked day.</summary>
    /// <param name="rest">After each step, so many times as long as it took.</param>
    public async Task KeepAsync(int rest, CancellationToken cancellation)
    {
        var end = await ledger.SizeAsync(cancellation);
        await WhileAsync(() => FollowAsync(end, cancellation), rest, cancellation);
        await WhileAsync(() => CountAsync(cancellation), rest, cancellation);
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
            SELECT DISTINCT r.country, r.sent - r.sent % 86400000, ''
            FROM ledger_leaf l JOIN request r ON r.id = substr(l.object, 9)
            WHERE l.idx >= @From AND l.idx < @Until AND l.action IN ('disclose', 'receive')
                AND l.object LIKE 'message:%' AND r.kind = 'request'
            ON CONFLICT (country, day, mark) DO UPDATE SET mark = excluded.mark
            """;
        const string answered = """
            INSERT INTO exchange_stale (country, day, mark)
            SELECT DISTINCT r.country, r.sent - r.sent % 86400000, ''
            FROM ledger_leaf l JOIN request r ON r.answer_id = substr(l.object, 9)
            WHERE l.idx >= @From AND l.idx < @Until AND l.action IN ('disclose', 'receive')
                AND l.object LIKE 'message:%' AND r.kind = 'request'
            ON CONFLICT (country, day, mark) DO UPDATE SET mark = excluded.mark
            """;
        var value = await database.ReadAsync(c => c.OneAsync<string>(cursor, null, cancellation), cancellation);
        var from = long.Parse(value ?? "0", CultureInfo.InvariantCulture);
        if (from >= end)
        {
            return false;
        }

        var until = Math.Min(from + Leaves, end);
        var moved = new { Done = Text(until), Read = Text(from) };
        var leaves = new { From = from, Until = until };
        return await database.WriteBehindAsync(
            async t =>
            {
                if (await t.RunAsync(move, moved, cancellation) == 0)
                {
                    return false;
                }

                await t.RunAsync(came, leaves, cancellation);
                await t.RunAsync(answered, leaves, cancellation);
                return true;
            },
            cancellation
        );
    }

    /// <summary>Counts some marked days; false when none is left.</summary>
    private async Task<bool> CountAsync(CancellationToken cancellation)
    {
        const string marked = "SELECT DISTINCT country, day FROM exchange_stale ORDER BY country, day LIMIT @Most";
        // Two instances do not count at once.
        const string alone = "UPDATE setting SET value = value WHERE name = 'figures.followed'";
        var days = await database.ReadAsync(
            c => c.ListAsync<StaleDay>(marked, new { Most = Days }, cancellation),
            cancellation
        );
        if (days.Count == 0)
        {
            return false;
        }

        return await database.WriteBehindAsync(
            async t =>
            {
                await t.RunAsync(alone, null, cancellation);
                foreach (var day in days)
                {
                    await CountAsync(t, day, cancellation);
                }

                return true;
            },
            cancellation
        );
    }

    private static async Task CountAsync(Transaction t, StaleDay day, CancellationToken cancellation)
    {
        // What is changed after this mark has gone has a mark of its own.
        const string unmark = "DELETE FROM exchange_stale WHERE country = @Country AND day = @Day";
        const string forget = """
            DELETE FROM exchange_sum WHERE country = @Country AND what = @What AND grain = 'day' AND at = @Day
            """;
        const string count = $"""
            INSERT INTO exchange_sum (country, what, grain, at, direction, code, urgent, rank, unit, aside,
                number, answered, in_time, late, refused)
            SELECT @Country, @What, 'day', @Day, c.direction, c.code, c.urgent, c.rank, c.unit, c.aside,
                SUM(c.number), SUM(c.answered), SUM(c.in_time), SUM(c.late), SUM(c.refused)
            FROM (
                SELECT {ExchangeSums.Ones} FROM {ExchangeSums.Counted}
                    AND r.country = @Country AND r.sent >= @Day AND r.sent < @Next
            ) c
            GROUP BY c.direction, c.code, c.urgent, c.rank, c.unit, c.aside
            """;
        await t.RunAsync(unmark, day, cancellation);
        foreach (var what in SumOf.All)
        {
            var with = new
            {
                day.Country,
                day.Day,
                Next = day.Day.AddDays(1),
                What = what,
            };
            await AddAsync(t, day, what, -1, cancellation);
            await t.RunAsync(forget, with, cancellation);
            await t.RunAsync(count, with, cancellation);
            await AddAsync(t, day, what, 1, cancellation);
        }
    }

    /// <summary>Takes the day's sums from its month's, or adds them.</summary>
    private static async Task AddAsync(
        Transaction t,
        StaleDay day,
        string what,
        int sign,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO exchange_sum (country, what, grain, at, direction, code, urgent, rank, unit, aside,
                number, answered, in_time, late, refused)
            SELECT s.country, s.what, 'month', CAST(@Month AS BIGINT), s.direction, s.code, s.urgent, s.rank, s.unit, s.aside,
                @Sign * s.number, @Sign * s.answered, @Sign * s.in_time, @Sign * s.late, @Sign * s.refused
            FROM exchange_sum s
            WHERE s.country = @Country AND s.what = @What AND s.grain = 'day' AND s.at = @Day
            ON CONFLICT (country, what, grain, at, direction, code, urgent, rank, unit, aside) DO UPDATE SET
                number = exchange_sum.number + excluded.number, answered = exchange_sum.answered + excluded.answered,
                in_time = exchange_sum.in_time + excluded.in_time, late = exchange_sum.late + excluded.late,
                refused = exchange_sum.refused + excluded.refused
            """;
        const string none = """
            DELETE FROM exchange_sum
            WHERE country = @Country AND what = @What AND grain = 'month' AND at = @Month AND number = 0
            """;
        var with = new
        {
            day.Country,
            day.Day,
            Month = Months.Beginning(day.Day),
            What = what,
            Sign = sign,
        };
        await t.RunAsync(sql, with, cancellation);
        if (sign > 0)
        {
            await t.RunAsync(none, with, cancellation);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record StaleDay
    {
        public required string Country { get; init; }
        public required DateTimeOffset Day { get; init; }
    }
}
