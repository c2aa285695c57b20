using System.Data.Common;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange.Sums;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Profiles;
using Entente.Node.Storage;

namespace Entente.Node.Features.Statistics;

/// <summary>
/// A year's exchange in figures: requests sent and received, answered, late, refused by ground, and those that a judicial
/// authorisation delayed. Counts what the guard lets its reader count, and nothing else.
/// </summary>
internal sealed class StatisticsBook(
    Database database,
    ExchangeSums sums,
    CountDoor door,
    LinkDirectory links,
    LegalProfiles profiles,
    TimeProvider clock
)
{
    public async Task<StatisticsYear> OfAsync(Officer officer, int year, CancellationToken cancellation)
    {
        var (lines, grounds, rank) = (new List<StatisticsLine>(), new List<SumRow>(), 0);
        var known = await links.ListAsync(cancellation);
        await using var connection = await database.OpenAsync(cancellation);
        foreach (var country in known.Select(link => link.Country).Distinct().Order(StringComparer.Ordinal))
        {
            var of = new Of(connection, officer, country, Beginning(year), Beginning(year + 1));
            var counted = await CountedAsync(of, SumOf.Requests, cancellation);
            lines.AddRange(await LinesAsync(of, counted, cancellation));
            grounds.AddRange(await CountedAsync(of, SumOf.HeldGrounds, cancellation));
            rank = Math.Max(rank, counted.Select(row => row.Rank).DefaultIfEmpty().Max());
        }

        return new StatisticsYear(
            year,
            [.. lines.OrderBy(line => line.Direction, StringComparer.Ordinal)], // Stable: by state, the urgent first.
            Grounds(grounds)
        )
        {
            Rank = rank,
        };
    }

    private Task<IReadOnlyList<SumRow>> CountedAsync(Of of, string what, CancellationToken cancellation) =>
        sums.OfAsync(of.Connection, of.Officer, of.Country, what, (of.From, of.To), cancellation);

    private async Task<IEnumerable<StatisticsLine>> LinesAsync(
        Of of,
        IReadOnlyList<SumRow> rows,
        CancellationToken cancellation
    )
    {
        var overdue = await OverdueAsync(of, cancellation);
        var delayed = await DelayedAsync(of, cancellation);
        return rows.GroupBy(row => (row.Direction, row.Urgent))
            .OrderByDescending(group => group.Key.Urgent)
            .Select(group => new StatisticsLine(
                group.Key.Direction,
                of.Country,
                group.Key.Urgent,
                group.Sum(row => row.Number),
                group.Sum(row => row.Answered),
                group.Sum(row => row.InTime),
                group.Sum(row => row.Late)
                    + overdue.Where(row => (row.Direction, row.Urgent) == group.Key).Sum(row => row.Number),
                group.Sum(row => row.Refused),
                delayed.Count(row => (row.Direction, row.Urgency != "other") == group.Key)
            ));
    }

    private async Task<IReadOnlyList<OverdueRow>> OverdueAsync(Of of, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT r.direction, r.urgency <> 'other' AS urgent, COUNT(*) AS number, {CountDoor.Classes}
            FROM request r {CountDoor.Join}
            WHERE r.country = @Country AND r.open AND r.due < @Now AND r.sent >= @From AND r.sent < @To
                AND r.kind = 'request' AND r.state <> 'rejected' AND r.answered_at IS NULL
            GROUP BY r.direction, urgent, {CountDoor.By}
            """;
        var with = new
        {
            of.Country,
            of.From,
            of.To,
            Now = clock.GetUtcNow(),
        };
        var rows = await of.Connection.ListAsync<OverdueRow>(sql, with, cancellation);
        return await door.CountedAsync(of.Officer, rows, cancellation);
    }

    /// <summary>Few: one by one, for the limit is their profile's.</summary>
    private async Task<IReadOnlyList<AuthorisedRow>> DelayedAsync(Of of, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT r.direction, r.urgency, r.answered_at, r.received, r.profile_id, r.profile_version, {CountDoor.Classes}
            FROM request r {CountDoor.Join}
            WHERE r.country = @Country AND r.authorised AND r.sent >= @From AND r.sent < @To
                AND r.kind = 'request' AND r.state <> 'rejected'
            """;
        var with = new
        {
            of.Country,
            of.From,
            of.To,
        };
        var now = clock.GetUtcNow();
        var rows = await of.Connection.ListAsync<AuthorisedRow>(sql, with, cancellation);
        return [.. (await door.CountedAsync(of.Officer, rows, cancellation)).Where(row => Delayed(row, now))];
    }

    private bool Delayed(AuthorisedRow row, DateTimeOffset now) =>
        row.Received is { } received
        && profiles.Find(row.ProfileId, row.ProfileVersion)?.Limit(row.Urgency)?.Span is { } limit
        && received + limit < (row.AnsweredAt ?? now);

    private static IReadOnlyList<GroundLine> Grounds(IEnumerable<SumRow> rows) =>
        [
            .. rows.GroupBy(row => (row.Direction, row.Code))
                .OrderBy(group => group.Key.Direction, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Code, StringComparer.Ordinal)
                .Select(group => new GroundLine(group.Key.Direction, group.Key.Code, group.Sum(row => row.Number))),
        ];

    /// <summary>By the node's own calendar.</summary>
    private DateTimeOffset Beginning(int year)
    {
        var first = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        return new DateTimeOffset(first, clock.LocalTimeZone.GetUtcOffset(first));
    }

    private sealed record Of(
        DbConnection Connection,
        Officer Officer,
        string Country,
        DateTimeOffset From,
        DateTimeOffset To
    );
}
