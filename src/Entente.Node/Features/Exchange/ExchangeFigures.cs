using System.Data.Common;
using Entente.Node.Features.Accounts;
using Entente.Node.Guard;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>The last twelve months' exchange with one state in figures, for its page in the record: what its reader may count.</summary>
internal sealed class ExchangeFigures(Database database, CountDoor door, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(365);

    public async Task<PartnerFigures> ForAsync(Officer reader, string country, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {CountDoor.Classes},
                SUM(CASE WHEN r.direction = 'out' AND r.state <> 'rejected' THEN 1 ELSE 0 END) AS sent,
                SUM(CASE WHEN r.direction = 'in' THEN 1 ELSE 0 END) AS received,
                SUM(CASE WHEN r.answered_at IS NOT NULL THEN 1 ELSE 0 END) AS answered,
                SUM(CASE WHEN r.answered_at <= r.due OR (r.answered_at IS NOT NULL AND r.clock <> 'running') THEN 1 ELSE 0 END) AS in_time,
                SUM(CASE WHEN r.open AND r.due < @Now THEN 1 ELSE 0 END) AS overdue
            FROM request r {CountDoor.Join}
            WHERE r.country = @Country AND r.sent >= @Since AND r.kind = 'request'
            GROUP BY {CountDoor.By}
            """;
        var now = clock.GetUtcNow();
        var values = new
        {
            Country = country,
            Now = now,
            Since = now - Window,
        };
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.ListAsync<Counts>(sql, values, cancellation);
        var counts = await door.CountedAsync(reader, rows, cancellation);
        return new PartnerFigures(
            counts.Sum(one => one.Sent),
            counts.Sum(one => one.Received),
            counts.Sum(one => one.Answered),
            counts.Sum(one => one.InTime),
            counts.Sum(one => one.Overdue),
            await MedianAsync(connection, reader, country, cancellation)
        );
    }

    /// <summary>Of the last answers only: enough to know how long one waits today.</summary>
    private async Task<TimeSpan?> MedianAsync(
        DbConnection connection,
        Officer reader,
        string country,
        CancellationToken cancellation
    )
    {
        const string sql = $"""
            SELECT r.answered_at - r.received AS milliseconds, {CountDoor.Classes} FROM request r {CountDoor.Join}
            WHERE r.country = @Country AND r.kind = 'request' AND r.answered_at IS NOT NULL AND r.received IS NOT NULL
            ORDER BY r.sent DESC LIMIT 1001
            """;
        var rows = await connection.ListAsync<Took>(sql, new { Country = country }, cancellation);
        var times = (await door.CountedAsync(reader, rows, cancellation))
            .Select(row => row.Milliseconds)
            .Order()
            .ToList();
        return times.Count == 0 ? null : TimeSpan.FromMilliseconds(times[(times.Count - 1) / 2]);
    }

    private sealed record Counts : Counted
    {
        public int Sent { get; init; }
        public int Received { get; init; }
        public int Answered { get; init; }
        public int InTime { get; init; }
        public int Overdue { get; init; }
    }

    private sealed record Took : Counted
    {
        /// <summary>From receipt to answer.</summary>
        public long Milliseconds { get; init; }
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
