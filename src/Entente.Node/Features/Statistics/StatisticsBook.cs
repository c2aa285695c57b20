using System.Data.Common;
using System.Runtime.CompilerServices;
using Entente.Node.Features.Accounts;
using Entente.Node.Guard;
using Entente.Node.Profiles;
using Entente.Node.Storage;

namespace Entente.Node.Features.Statistics;

/// <summary>
/// A year's exchange in figures: requests sent and received, answered, late, refused by ground, and those that a judicial
/// authorisation delayed. Counts what the guard lets its reader count, and nothing else.
/// </summary>
internal sealed class StatisticsBook(Database database, UseDoor door, LegalProfiles profiles, TimeProvider clock)
{
    private const int Page = 2000;

    public async Task<StatisticsYear> OfAsync(Officer officer, int year, CancellationToken cancellation)
    {
        var counted = new List<StatisticsRow>();
        await foreach (var page in PagesAsync(year, cancellation))
        {
            string[] ids = [.. page.Select(row => row.Id)];
            var allowed = await door.AllowedAsync(officer, DisclosureAct.Count, ids, audience: null, cancellation);
            counted.AddRange(page.Where(row => allowed.Contains(row.Id)));
        }

        return new StatisticsYear(year, Lines(counted), Grounds(counted))
        {
            Rank = counted.Select(row => row.Rank).DefaultIfEmpty().Max(),
        };
    }

    private async IAsyncEnumerable<IReadOnlyList<StatisticsRow>> PagesAsync(
        int year,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var zone = clock.LocalTimeZone;
        var (from, to) = (Beginning(year, zone), Beginning(year + 1, zone));
        await using var connection = await database.OpenAsync(cancellation);
        foreach (var (direction, open) in new[] { ("out", true), ("out", false), ("in", true), ("in", false) })
        {
            var (at, id) = (from, "");
            while (await PageAsync(connection, direction, open, (at, id), to, cancellation) is { Count: > 0 } page)
            {
                yield return page;
                (at, id) = (page[^1].Sent, page[^1].Id);
            }
        }
    }

    private static Task<IReadOnlyList<StatisticsRow>> PageAsync(
        DbConnection connection,
        string direction,
        bool open,
        (DateTimeOffset At, string Id) after,
        DateTimeOffset to,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT r.id, r.rank, r.direction, r.country, r.urgency, r.sent, r.due, r.answered_at, r.outcome, r.ground,
                r.held_ground, r.clock, r.authorised, r.received, r.profile_id, r.profile_version
            FROM request r
            WHERE r.direction = @Direction AND r.open = @Open AND (r.sent, r.id) > (@At, @Id) AND r.sent < @To
                AND r.kind = 'request' AND r.state <> 'rejected'
            ORDER BY r.sent, r.id LIMIT @Page
            """;
        var with = new
        {
            Direction = direction,
            Open = open,
            after.At,
            after.Id,
            To = to,
            Page,
        };
        return connection.ListAsync<StatisticsRow>(sql, with, cancellation);
    }

    private IReadOnlyList<StatisticsLine> Lines(IEnumerable<StatisticsRow> rows)
    {
        var now = clock.GetUtcNow();
        return
        [
            .. rows.GroupBy(row => (row.Direction, row.Country, Urgent: row.Urgency != "other"))
                .OrderBy(group => group.Key.Direction, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Country, StringComparer.Ordinal)
                .ThenByDescending(group => group.Key.Urgent)
                .Select(group => new StatisticsLine(
                    group.Key.Direction,
                    group.Key.Country,
                    group.Key.Urgent,
                    group.Count(),
                    group.Count(row => row.AnsweredAt is not null),
                    group.Count(InTime),
                    group.Count(row => !InTime(row) && row.Due < (row.AnsweredAt ?? now)),
                    group.Count(row => row.Outcome == "refused"),
                    group.Count(row => Delayed(row, now))
                )),
        ];
    }

    private static IReadOnlyList<GroundLine> Grounds(IEnumerable<StatisticsRow> rows) =>
        [
            .. rows.Select(row => (row.Direction, Ground: row.HeldGround ?? row.Ground))
                .Where(row => row.Ground is not null)
                .GroupBy(row => (row.Direction, Ground: row.Ground!)) // Filtered.
                .OrderBy(group => group.Key.Direction, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Ground, StringComparer.Ordinal)
                .Select(group => new GroundLine(group.Key.Direction, group.Key.Ground, group.Count())),
        ];

    // Answered while the clock stood is in time; so is what was answered before it was due.
    private static bool InTime(StatisticsRow row) =>
        row.AnsweredAt is { } answered && (row.Clock != "running" || answered <= row.Due);

    private bool Delayed(StatisticsRow row, DateTimeOffset now) =>
        row is { Authorised: true, Received: { } received }
        && profiles.Find(row.ProfileId, row.ProfileVersion)?.Limit(row.Urgency)?.Span is { } limit
        && received + limit < (row.AnsweredAt ?? now);

    private static DateTimeOffset Beginning(int year, TimeZoneInfo zone)
    {
        var first = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        return new DateTimeOffset(first, zone.GetUtcOffset(first));
    }
}
