using System.Data.Common;
using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Guard;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange.Sums;

/// <summary>
/// How many requests went to and came from a state in a time, and what became of them: whole months and days out of their
/// sums, days that have changed since they were added up out of their requests. Exact, and the same cost at any traffic.
/// </summary>
internal sealed class ExchangeSums(CountDoor door)
{
    /// <summary>One request as it goes into a sum of @What.</summary>
    internal const string Ones = $"""
        r.direction, {Code} AS code, r.urgency <> 'other' AS urgent, {CountDoor.Classes}, 1 AS number,
            CASE WHEN r.answered_at IS NOT NULL THEN 1 ELSE 0 END AS answered,
            CASE WHEN r.answered_at <= r.due OR (r.answered_at IS NOT NULL AND r.clock <> 'running') THEN 1 ELSE 0 END
                AS in_time,
            CASE WHEN r.answered_at > r.due AND r.clock = 'running' THEN 1 ELSE 0 END AS late,
            CASE WHEN r.outcome = 'refused' THEN 1 ELSE 0 END AS refused
        """;

    /// <summary>The requests that go into it.</summary>
    internal const string Counted = $"""
        request r {CountDoor.Join}
            WHERE r.kind = 'request' AND r.state <> 'rejected' AND {Code} IS NOT NULL
        """;

    private const string Code = """
        CASE @What WHEN 'domain' THEN r.domain WHEN 'ground' THEN CASE WHEN r.outcome = 'refused' THEN r.ground END
            WHEN 'held' THEN COALESCE(r.held_ground, r.ground) ELSE '' END
        """;

    private const string Kept = "k.direction, k.code, k.urgent, k.rank, k.unit, k.aside";
    private const string KeptSums = "k.number, k.answered, k.in_time, k.late, k.refused";

    /// <summary>What the reader may count of requests sent at <paramref name="from"/> or later.</summary>
    /// <param name="what">One of <see cref="SumOf"/>.</param>
    /// <param name="to">Sent before; null: no end.</param>
    public async Task<IReadOnlyList<SumRow>> OfAsync(
        DbConnection connection,
        Officer reader,
        string country,
        string what,
        (DateTimeOffset From, DateTimeOffset? To) time,
        CancellationToken cancellation
    )
    {
        // One statement sees one state of the store: a day is not counted twice while it is added up.
        const string sql = $"""
            WITH stale (day) AS (
                SELECT s.day FROM exchange_stale s WHERE s.country = @Country
                UNION
                SELECT d.day FROM (
                    SELECT (
                        SELECT MAX(r.sent - r.sent % 86400000) FROM request r
                        WHERE r.id = substr(l.object, 9) AND r.country = @Country AND r.kind = 'request'
                    ) AS day
                    FROM ledger_leaf l
                    WHERE l.idx >= @Read AND l.action IN ('disclose', 'receive') AND l.object LIKE 'message:%'
                ) d WHERE d.day IS NOT NULL
                UNION
                SELECT d.day FROM (
                    SELECT (
                        SELECT MAX(r.sent - r.sent % 86400000) FROM request r
                        WHERE r.answer_id = substr(l.object, 9) AND r.country = @Country AND r.kind = 'request'
                    ) AS day
                    FROM ledger_leaf l
                    WHERE l.idx >= @Read AND l.action IN ('disclose', 'receive') AND l.object LIKE 'message:%'
                ) d WHERE d.day IS NOT NULL
            ), part AS (
                SELECT {Kept}, {KeptSums} FROM exchange_sum k
                WHERE k.country = @Country AND k.what = @What AND k.grain = 'month' AND k.at >= @Months AND k.at < @Rest
                UNION ALL
                SELECT {Kept}, {KeptSums} FROM exchange_sum k
                WHERE k.country = @Country AND k.what = @What AND k.grain = 'day' AND k.at >= @Days AND k.at < @Months
                UNION ALL
                SELECT {Kept}, {KeptSums} FROM exchange_sum k
                WHERE k.country = @Country AND k.what = @What AND k.grain = 'day' AND k.at >= @Rest AND k.at < @Edge
                UNION ALL
                SELECT {Kept}, -k.number, -k.answered, -k.in_time, -k.late, -k.refused
                FROM stale s JOIN exchange_sum k
                    ON k.country = @Country AND k.what = @What AND k.grain = 'day' AND k.at = s.day
                WHERE s.day >= @Days AND s.day < @Edge
                UNION ALL
                SELECT {Ones} FROM stale s CROSS JOIN {Counted}
                    AND r.country = @Country AND r.sent >= s.day AND r.sent < s.day + 86400000
                    AND s.day >= @Days AND s.day < @Edge
                UNION ALL
                SELECT {Ones} FROM {Counted} AND r.country = @Country AND r.sent >= @From AND r.sent < @Days
                UNION ALL
                SELECT {Ones} FROM {Counted} AND r.country = @Country AND r.sent >= @Edge AND r.sent < @To
            )
            SELECT p.direction, p.code, p.urgent, p.rank, p.unit, p.aside, CAST(SUM(p.number) AS BIGINT) AS number,
                CAST(SUM(p.answered) AS BIGINT) AS answered, CAST(SUM(p.in_time) AS BIGINT) AS in_time,
                CAST(SUM(p.late) AS BIGINT) AS late, CAST(SUM(p.refused) AS BIGINT) AS refused
            FROM part p GROUP BY p.direction, p.code, p.urgent, p.rank, p.unit, p.aside HAVING SUM(p.number) > 0
            """;
        // Asked before, and given as a number: PostgreSQL knows then how few leaves that are. What is followed meanwhile is
        // only counted from its rows once more.
        const string cursor = "SELECT value FROM setting WHERE name = 'figures.followed'";
        var read = await connection.OneAsync<string>(cursor, null, cancellation) ?? "0";
        var bounds = Bounds(country, what, time, long.Parse(read, CultureInfo.InvariantCulture));
        var rows = await connection.ListAsync<SumRow>(sql, bounds, cancellation);
        return await door.CountedAsync(reader, rows, cancellation);
    }

    /// <summary>
    /// From | requests | Days | days | Months | months | Rest | days | Edge | requests | To: where no whole month lies between,
    /// no months; where no whole day does, no days.
    /// </summary>
    private static object Bounds(string country, string what, (DateTimeOffset From, DateTimeOffset? To) time, long read)
    {
        var to = time.To ?? DateTimeOffset.MaxValue;
        var days = Months.NextDay(time.From);
        var edge = time.To is null ? to : Months.Day(to);
        if (edge < days)
        {
            (days, edge) = (to, to);
        }

        var months = Months.Next(days);
        var rest = time.To is null ? to : Months.Beginning(edge);
        if (rest < months)
        {
            (months, rest) = (days, days);
        }

        return new
        {
            Country = country,
            What = what,
            Read = read,
            time.From,
            Days = days,
            Months = months,
            Rest = rest,
            Edge = edge,
            To = to,
        };
    }
}
