using System.Data.Common;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange.Sums;
using Entente.Node.Guard;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>The last twelve months' exchange with one state in figures, for its page in the record: what its reader may count.</summary>
internal sealed class ExchangeFigures(Database database, ExchangeSums sums, CountDoor door, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(365);

    public async Task<PartnerFigures> ForAsync(Officer reader, string country, CancellationToken cancellation)
    {
        const string late = $"""
            SELECT {CountDoor.Classes}, COUNT(*) AS overdue FROM request r {CountDoor.Join}
            WHERE r.country = @Country AND r.open AND r.due < @Now AND r.sent >= @Since AND r.kind = 'request'
            GROUP BY {CountDoor.By}
            """;
        var now = clock.GetUtcNow();
        // The sums are of whole days.
        var since = Months.Day(now - Window);
        var values = new
        {
            Country = country,
            Now = now,
            Since = since,
        };
        await using var connection = await database.OpenAsync(cancellation);
        var counts = await sums.OfAsync(connection, reader, country, SumOf.Requests, (since, null), cancellation);
        var overdue = await connection.ListAsync<Late>(late, values, cancellation);
        return new PartnerFigures(
            counts.Where(one => one.Direction == "out").Sum(one => one.Number),
            counts.Where(one => one.Direction == "in").Sum(one => one.Number),
            counts.Sum(one => one.Answered),
            counts.Sum(one => one.InTime),
            (await door.CountedAsync(reader, overdue, cancellation)).Sum(one => one.Overdue),
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

    private sealed record Late : Counted
    {
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
