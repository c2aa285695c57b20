using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>The exchange with one state in figures, for its page in the record.</summary>
internal sealed class ExchangeFigures(Database database, TimeProvider clock)
{
    public async Task<PartnerFigures> ForAsync(string country, CancellationToken cancellation)
    {
        const string sql = """
            SELECT
                COALESCE(SUM(CASE WHEN direction = 'out' AND state <> 'rejected' THEN 1 ELSE 0 END), 0) AS sent,
                COALESCE(SUM(CASE WHEN direction = 'in' THEN 1 ELSE 0 END), 0) AS received,
                COALESCE(SUM(CASE WHEN answered_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS answered,
                COALESCE(SUM(CASE WHEN answered_at <= due THEN 1 ELSE 0 END), 0) AS in_time,
                COALESCE(SUM(CASE WHEN open AND due < @Now THEN 1 ELSE 0 END), 0) AS overdue
            FROM request WHERE country = @Country AND kind = 'request'
            """;
        var values = new { Country = country, Now = clock.GetUtcNow() };
        await using var connection = await database.OpenAsync(cancellation);
        var counts = (await connection.OneAsync<Counts>(sql, values, cancellation))!; // An aggregate has one row.
        return new PartnerFigures(
            counts.Sent,
            counts.Received,
            counts.Answered,
            counts.InTime,
            counts.Overdue,
            await MedianAsync(connection, country, counts.Answered, cancellation)
        );
    }

    private static async Task<TimeSpan?> MedianAsync(
        System.Data.Common.DbConnection connection,
        string country,
        int answered,
        CancellationToken cancellation
    )
    {
        if (answered == 0)
        {
            return null;
        }

        const string sql = """
            SELECT answered_at - received FROM request
            WHERE country = @Country AND kind = 'request' AND answered_at IS NOT NULL AND received IS NOT NULL
            ORDER BY answered_at - received
            LIMIT 1 OFFSET @Middle
            """;
        var values = new { Country = country, Middle = (answered - 1) / 2 };
        var milliseconds = await connection.OneAsync<long?>(sql, values, cancellation);
        return milliseconds is { } time ? TimeSpan.FromMilliseconds(time) : null;
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

/// <param name="MedianAnswer">Median time from receipt to answer, both ways; null where nothing was answered.</param>
public sealed record PartnerFigures(
    int RequestsSent,
    int RequestsReceived,
    int Answered,
    int AnsweredInTime,
    int Overdue,
    TimeSpan? MedianAnswer
);
