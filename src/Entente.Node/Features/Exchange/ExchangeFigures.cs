using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>The last twelve months' exchange with one state in figures, for its page in the record.</summary>
internal sealed class ExchangeFigures(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(365);

    public async Task<PartnerFigures> ForAsync(string country, CancellationToken cancellation)
    {
        const string sql = """
            SELECT
                COALESCE(SUM(CASE WHEN direction = 'out' AND state <> 'rejected' THEN 1 ELSE 0 END), 0) AS sent,
                COALESCE(SUM(CASE WHEN direction = 'in' THEN 1 ELSE 0 END), 0) AS received,
                COALESCE(SUM(CASE WHEN answered_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS answered,
                COALESCE(SUM(CASE WHEN answered_at <= due OR (answered_at IS NOT NULL AND clock <> 'running') THEN 1 ELSE 0 END), 0) AS in_time,
                COALESCE(SUM(CASE WHEN open AND due < @Now THEN 1 ELSE 0 END), 0) AS overdue
            FROM request WHERE country = @Country AND sent >= @Since AND kind = 'request'
            """;
        var now = clock.GetUtcNow();
        var values = new
        {
            Country = country,
            Now = now,
            Since = now - Window,
        };
        await using var connection = await database.OpenAsync(cancellation);
        var counts = (await connection.OneAsync<Counts>(sql, values, cancellation))!; // An aggregate has one row.
        return new PartnerFigures(
            counts.Sent,
            counts.Received,
            counts.Answered,
            counts.InTime,
            counts.Overdue,
            await MedianAsync(connection, country, cancellation)
        );
    }

    /// <summary>Of the last answers only: enough to know how long one waits today.</summary>
    private static async Task<TimeSpan?> MedianAsync(
        System.Data.Common.DbConnection connection,
        string country,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT answered_at - received FROM request
            WHERE country = @Country AND kind = 'request' AND answered_at IS NOT NULL AND received IS NOT NULL
            ORDER BY sent DESC LIMIT 1001
            """;
        var times = (await connection.ListAsync<long>(sql, new { Country = country }, cancellation)).Order().ToList();
        return times.Count == 0 ? null : TimeSpan.FromMilliseconds(times[(times.Count - 1) / 2]);
    }

    private sealed record Counts
    {
        public required int Sent { get; init; }
        public required int Received { get; init; }
        public required int Answered { get; init; }
        public required int InTime { get; init; }
        public required int Overdue { get; init; }
    }
}

/// <param name="MedianAnswer">Median time from receipt to answer of the last thousand, both ways; null where nothing was answered.</param>
public sealed record PartnerFigures(
    int RequestsSent,
    int RequestsReceived,
    int Answered,
    int AnsweredInTime,
    int Overdue,
    TimeSpan? MedianAnswer
);
