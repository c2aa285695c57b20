using Entente.Node.Features.Record;
using Entente.Node.Storage;

namespace Entente.Node.Features.Meetings;

/// <summary>Meetings in preparation and those planned before.</summary>
internal sealed class PlannedMeetings(Database database, TimeProvider clock)
{
    private const string Columns =
        "id, partner, country, kind, date, time, minutes, place, agreed, proposals, sequence, updated_at, rank";

    public Task<IReadOnlyList<PlannedMeeting>> UpcomingAsync(int clearance, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {Columns} FROM planned_meeting WHERE date >= @Today AND rank <= @Clearance ORDER BY date, id LIMIT 100
            """;
        var with = new { Today = PartialDate.Today(clock), Clearance = clearance };
        return database.ReadAsync(c => c.ListAsync<PlannedMeeting>(sql, with, cancellation), cancellation);
    }

    public Task<IReadOnlyList<PlannedMeeting>> PastAsync(int clearance, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {Columns} FROM planned_meeting WHERE date < @Today AND rank <= @Clearance
            ORDER BY date DESC, id LIMIT 50
            """;
        var with = new { Today = PartialDate.Today(clock), Clearance = clearance };
        return database.ReadAsync(c => c.ListAsync<PlannedMeeting>(sql, with, cancellation), cancellation);
    }

    /// <summary>For a calendar: all of the last year and what is to come.</summary>
    public Task<IReadOnlyList<PlannedMeeting>> ForCalendarAsync(
        string? country,
        int clearance,
        CancellationToken cancellation
    )
    {
        const string sql = $"""
            SELECT {Columns} FROM planned_meeting
            WHERE date >= @From AND rank <= @Clearance AND (@Country IS NULL OR country = @Country)
            ORDER BY date, id LIMIT 1000
            """;
        var with = new
        {
            From = clock
                .GetUtcNow()
                .AddYears(-1)
                .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            Country = country,
            Clearance = clearance,
        };
        return database.ReadAsync(c => c.ListAsync<PlannedMeeting>(sql, with, cancellation), cancellation);
    }

    public static Task SaveAsync(Transaction t, PlannedMeeting meeting, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO planned_meeting
                (id, partner, country, kind, date, time, minutes, place, agreed, proposals, sequence, updated_at, rank)
            VALUES (@Id, @Partner, @Country, @Kind, @Date, @Time, @Minutes, @Place, @Agreed, @Proposals, @Sequence,
                @UpdatedAt, @Rank)
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, date = excluded.date, time = excluded.time,
                minutes = excluded.minutes, place = excluded.place, agreed = excluded.agreed,
                proposals = excluded.proposals, sequence = excluded.sequence, updated_at = excluded.updated_at,
                rank = excluded.rank
            """;
        return t.RunAsync(sql, meeting, cancellation);
    }
}
