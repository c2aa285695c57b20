using System.Data.Common;
using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Guard;
using Entente.Node.Storage;

namespace Entente.Node.Features.Briefing;

/// <summary>The exchange with one state since a day, in figures; only what the guard lets its reader count is counted.</summary>
internal sealed record ExchangeSince
{
    public required DateTimeOffset Since { get; init; }
    public required Way Sent { get; init; }
    public required Way Received { get; init; }
    public TimeSpan? Median { get; init; }

    /// <summary>Refusals by the ground's code, the most frequent first.</summary>
    public required IReadOnlyList<(string Ground, int Count)> Refusals { get; init; }

    /// <summary>By month, `2026-03`, the oldest first: twelve of them.</summary>
    public required IReadOnlyList<(string Month, int Sent, int Received)> Months { get; init; }

    /// <summary>Domains of the requests, the most frequent first.</summary>
    public required IReadOnlyList<(string Domain, int Count)> Domains { get; init; }

    /// <summary>Requests past their time, either way, that the reader may see.</summary>
    public required int Overdue { get; init; }
    public required int Rank { get; init; }
}

internal sealed record Way
{
    public int Requests { get; init; }
    public int Answered { get; init; }
    public int InTime { get; init; }
}

internal sealed class ExchangeSinceBook(Database database, CountDoor door, TimeProvider clock)
{
    private const int Year = 12;
    private const int MostGrounds = 10;
    private const int MostDomains = 8;

    public async Task<ExchangeSince> OfAsync(
        Officer reader,
        string country,
        DateTimeOffset since,
        CancellationToken cancellation
    )
    {
        const string ways = $"""
            SELECT r.direction AS code, COUNT(*) AS number, {CountDoor.Classes},
                SUM(CASE WHEN r.answered_at IS NOT NULL THEN 1 ELSE 0 END) AS answered,
                SUM(CASE WHEN r.answered_at <= r.due THEN 1 ELSE 0 END) AS in_time
            FROM request r {CountDoor.Join}
            WHERE r.country = @Country AND r.sent >= @Since AND r.kind = 'request' AND r.state <> 'rejected'
            GROUP BY r.direction, {CountDoor.By}
            """;
        const string grounds = $"""
            SELECT r.ground AS code, COUNT(*) AS number, {CountDoor.Classes} FROM request r {CountDoor.Join}
            WHERE r.country = @Country AND r.sent >= @Since AND r.kind = 'request'
                AND r.outcome = 'refused' AND r.ground IS NOT NULL
            GROUP BY r.ground, {CountDoor.By}
            """;
        const string domains = $"""
            SELECT r.domain AS code, COUNT(*) AS number, {CountDoor.Classes} FROM request r {CountDoor.Join}
            WHERE r.country = @Country AND r.sent >= @Since AND r.kind = 'request'
            GROUP BY r.domain, {CountDoor.By}
            """;
        const string overdue = $"""
            SELECT 'overdue' AS code, COUNT(*) AS number, {CountDoor.Classes} FROM request r {CountDoor.Join}
            WHERE r.country = @Country AND r.open AND r.due < @Now
            GROUP BY {CountDoor.By}
            """;
        var with = new
        {
            Country = country,
            Since = since,
            Now = clock.GetUtcNow(),
        };
        await using var connection = await database.OpenAsync(cancellation);
        async Task<IReadOnlyList<Count>> CountAsync(string sql) =>
            await door.CountedAsync(reader, await connection.ListAsync<Count>(sql, with, cancellation), cancellation);

        var counted = await CountAsync(ways);
        return new ExchangeSince
        {
            Since = since,
            Sent = Sum(counted, "out"),
            Received = Sum(counted, "in"),
            Median = await MedianAsync(connection, reader, with, cancellation),
            Refusals = Most(await CountAsync(grounds), MostGrounds),
            Domains = Most(await CountAsync(domains), MostDomains),
            Months = await MonthsAsync(connection, reader, country, cancellation),
            Overdue = (await CountAsync(overdue)).Sum(one => one.Number),
            Rank = counted.Select(one => one.Rank).DefaultIfEmpty().Max(),
        };
    }

    private static Way Sum(IReadOnlyList<Count> counted, string direction)
    {
        List<Count> some = [.. counted.Where(one => one.Code == direction)];
        return new Way
        {
            Requests = some.Sum(one => one.Number),
            Answered = some.Sum(one => one.Answered),
            InTime = some.Sum(one => one.InTime),
        };
    }

    private static IReadOnlyList<(string, int)> Most(IReadOnlyList<Count> counted, int most) =>
        [
            .. counted
                .GroupBy(one => one.Code, StringComparer.Ordinal)
                .Select(group => (Code: group.Key, Number: group.Sum(one => one.Number)))
                .OrderByDescending(one => one.Number)
                .ThenBy(one => one.Code, StringComparer.Ordinal)
                .Take(most),
        ];

    /// <summary>Of the last thousand answers at most: enough to know how long one waits.</summary>
    private async Task<TimeSpan?> MedianAsync(
        DbConnection c,
        Officer reader,
        object with,
        CancellationToken cancellation
    )
    {
        const string sql = $"""
            SELECT r.answered_at - r.received AS milliseconds, {CountDoor.Classes} FROM request r {CountDoor.Join}
            WHERE r.country = @Country AND r.sent >= @Since AND r.kind = 'request'
                AND r.answered_at IS NOT NULL AND r.received IS NOT NULL
            ORDER BY r.sent DESC LIMIT 1001
            """;
        var rows = await door.CountedAsync(reader, await c.ListAsync<Took>(sql, with, cancellation), cancellation);
        var times = rows.Select(row => row.Milliseconds).Order().ToList();
        return times.Count == 0 ? null : TimeSpan.FromMilliseconds(times[(times.Count - 1) / 2]);
    }

    private async Task<IReadOnlyList<(string Month, int Sent, int Received)>> MonthsAsync(
        DbConnection c,
        Officer reader,
        string country,
        CancellationToken cancellation
    )
    {
        const string sql = $"""
            SELECT r.direction AS code, COUNT(*) AS number, {CountDoor.Classes} FROM request r {CountDoor.Join}
            WHERE r.country = @Country AND r.sent >= @From AND r.sent < @To AND r.kind = 'request'
            GROUP BY r.direction, {CountDoor.By}
            """;
        var now = clock.GetUtcNow();
        var first = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1 - Year);
        var months = new List<(string, int, int)>();
        for (var month = first; month <= now; month = month.AddMonths(1))
        {
            var with = new
            {
                Country = country,
                From = month,
                To = month.AddMonths(1),
            };
            var rows = await door.CountedAsync(reader, await c.ListAsync<Count>(sql, with, cancellation), cancellation);
            var name = month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
            months.Add((name, Sum(rows, "out").Requests, Sum(rows, "in").Requests));
        }

        return months;
    }

    private sealed record Count : Counted
    {
        public string Code { get; init; } = "";
        public int Number { get; init; }
        public int Answered { get; init; }
        public int InTime { get; init; }
    }

    private sealed record Took : Counted
    {
        /// <summary>From receipt to answer.</summary>
        public long Milliseconds { get; init; }
    }
}
