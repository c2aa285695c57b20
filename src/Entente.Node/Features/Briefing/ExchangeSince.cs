using System.Data.Common;
using System.Globalization;
using Entente.Node.Storage;

namespace Entente.Node.Features.Briefing;

/// <summary>The exchange with one state since a day, in figures; only what its reader may see is counted.</summary>
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
    public string Direction { get; init; } = "";
    public int Requests { get; init; }
    public int Answered { get; init; }
    public int InTime { get; init; }
    public int Rank { get; init; }
}

internal sealed class ExchangeSinceBook(Database database, TimeProvider clock)
{
    private const int Year = 12;

    public async Task<ExchangeSince> OfAsync(
        string country,
        DateTimeOffset since,
        int clearance,
        CancellationToken cancellation
    )
    {
        const string ways = """
            SELECT direction, COUNT(*) AS requests,
                SUM(CASE WHEN answered_at IS NOT NULL THEN 1 ELSE 0 END) AS answered,
                SUM(CASE WHEN answered_at <= due THEN 1 ELSE 0 END) AS in_time, MAX(rank) AS rank
            FROM request
            WHERE country = @Country AND sent >= @Since AND kind = 'request' AND rank <= @Clearance AND state <> 'rejected'
            GROUP BY direction
            """;
        const string grounds = """
            SELECT ground AS code, COUNT(*) AS number FROM request
            WHERE country = @Country AND sent >= @Since AND kind = 'request' AND rank <= @Clearance
                AND outcome = 'refused' AND ground IS NOT NULL
            GROUP BY ground ORDER BY COUNT(*) DESC, ground LIMIT 10
            """;
        const string domains = """
            SELECT domain AS code, COUNT(*) AS number FROM request
            WHERE country = @Country AND sent >= @Since AND kind = 'request' AND rank <= @Clearance
            GROUP BY domain ORDER BY COUNT(*) DESC, domain LIMIT 8
            """;
        const string overdue = """
            SELECT COUNT(*) FROM request
            WHERE country = @Country AND open AND due < @Now AND rank <= @Clearance
            """;
        var with = new
        {
            Country = country,
            Since = since,
            Clearance = clearance,
            Now = clock.GetUtcNow(),
        };
        await using var connection = await database.OpenAsync(cancellation);
        var counted = await connection.ListAsync<Way>(ways, with, cancellation);
        var refused = await connection.ListAsync<Count>(grounds, with, cancellation);
        var about = await connection.ListAsync<Count>(domains, with, cancellation);
        var sent = counted.FirstOrDefault(w => w.Direction == "out") ?? new Way();
        var received = counted.FirstOrDefault(w => w.Direction == "in") ?? new Way();
        return new ExchangeSince
        {
            Since = since,
            Sent = sent,
            Received = received,
            Median = await MedianAsync(connection, with, cancellation),
            Refusals = [.. refused.Select(r => (r.Code, r.Number))],
            Domains = [.. about.Select(d => (d.Code, d.Number))],
            Months = await MonthsAsync(connection, country, clearance, cancellation),
            Overdue = (int)await connection.OneAsync<long>(overdue, with, cancellation),
            Rank = Math.Max(sent.Rank, received.Rank),
        };
    }

    /// <summary>Of the last thousand answers at most: enough to know how long one waits.</summary>
    private static async Task<TimeSpan?> MedianAsync(DbConnection c, object with, CancellationToken cancellation)
    {
        const string sql = """
            SELECT answered_at - received FROM request
            WHERE country = @Country AND sent >= @Since AND kind = 'request' AND rank <= @Clearance
                AND answered_at IS NOT NULL AND received IS NOT NULL
            ORDER BY sent DESC LIMIT 1001
            """;
        var times = (await c.ListAsync<long>(sql, with, cancellation)).Order().ToList();
        return times.Count == 0 ? null : TimeSpan.FromMilliseconds(times[(times.Count - 1) / 2]);
    }

    private async Task<IReadOnlyList<(string Month, int Sent, int Received)>> MonthsAsync(
        DbConnection c,
        string country,
        int clearance,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT COUNT(*) AS number, direction AS code FROM request
            WHERE country = @Country AND sent >= @From AND sent < @To AND kind = 'request' AND rank <= @Clearance
            GROUP BY direction
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
                Clearance = clearance,
            };
            var rows = await c.ListAsync<Count>(sql, with, cancellation);
            months.Add(
                (
                    month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                    rows.FirstOrDefault(r => r.Code == "out")?.Number ?? 0,
                    rows.FirstOrDefault(r => r.Code == "in")?.Number ?? 0
                )
            );
        }

        return months;
    }

    private sealed record Count
    {
        public string Code { get; init; } = "";
        public int Number { get; init; }
    }
}
