using System.Data.Common;
using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange.Sums;
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

internal sealed class ExchangeSinceBook(Database database, ExchangeSums sums, CountDoor door, TimeProvider clock)
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
        const string overdue = $"""
            SELECT COUNT(*) AS number, {CountDoor.Classes} FROM request r {CountDoor.Join}
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
        Task<IReadOnlyList<SumRow>> SumsAsync(string what) =>
            sums.OfAsync(connection, reader, country, what, (since, null), cancellation);

        var counted = await SumsAsync(SumOf.Requests);
        var late = await connection.ListAsync<Late>(overdue, with, cancellation);
        return new ExchangeSince
        {
            Since = since,
            Sent = Sum(counted, "out"),
            Received = Sum(counted, "in"),
            Median = await MedianAsync(connection, reader, with, cancellation),
            Refusals = Most(await SumsAsync(SumOf.Grounds), MostGrounds),
            Domains = Most(await SumsAsync(SumOf.Domains), MostDomains),
            Months = await MonthsAsync(connection, reader, country, cancellation),
            Overdue = (await door.CountedAsync(reader, late, cancellation)).Sum(one => one.Number),
            Rank = counted.Select(one => one.Rank).DefaultIfEmpty().Max(),
        };
    }

    private static Way Sum(IReadOnlyList<SumRow> counted, string direction)
    {
        List<SumRow> some = [.. counted.Where(one => one.Direction == direction)];
        return new Way
        {
            Requests = some.Sum(one => one.Number),
            Answered = some.Sum(one => one.Answered),
            InTime = some.Sum(one => one.InTime),
        };
    }

    private static IReadOnlyList<(string, int)> Most(IReadOnlyList<SumRow> counted, int most) =>
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
        var now = clock.GetUtcNow();
        var first = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1 - Year);
        var months = new List<(string, int, int)>();
        for (var month = first; month <= now; month = month.AddMonths(1))
        {
            var time = (month, (DateTimeOffset?)month.AddMonths(1));
            var rows = await sums.OfAsync(c, reader, country, SumOf.Requests, time, cancellation);
            var name = month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
            months.Add((name, Sum(rows, "out").Requests, Sum(rows, "in").Requests));
        }

        return months;
    }

    private sealed record Late : Counted
    {
        public int Number { get; init; }
    }

    private sealed record Took : Counted
    {
        /// <summary>From receipt to answer.</summary>
        public long Milliseconds { get; init; }
    }
}
