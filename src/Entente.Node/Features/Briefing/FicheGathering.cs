using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Activities;
using Entente.Node.Features.Commitments;
using Entente.Node.Features.Record;
using Entente.Node.Features.Texts;
using Entente.Node.Storage;

namespace Entente.Node.Features.Briefing;

/// <summary>Asks every book for what a briefing on one state needs.</summary>
internal sealed class FicheGathering(
    Database database,
    PartnerBook partners,
    MeetingBook meetings,
    CommitmentStandings standings,
    TextBook texts,
    ExchangeSinceBook exchange,
    ActivityFigures activities,
    TimeProvider clock
)
{
    private static readonly TimeSpan WithoutMeeting = TimeSpan.FromDays(365);

    /// <summary>Null where nothing is on record with that state.</summary>
    /// <param name="meeting">A planned one with that state that the briefing is for.</param>
    public async Task<FicheSources?> OfAsync(
        Officer reader,
        string country,
        string? meeting,
        CancellationToken cancellation
    )
    {
        var today = PartialDate.Today(clock);
        var planned = meeting is null ? null : FicheMeeting.Of(await texts.FindAsync(reader, meeting, cancellation));
        // A first meeting may be with a state of which nothing is on record yet.
        var partner =
            await partners.FindAsync(country, today, cancellation)
            ?? (planned is null ? null : new PartnerRow { Country = country });
        if (partner is null || (meeting is not null && planned?.Country != country))
        {
            return null;
        }

        var held = await meetings.ListAsync(country, null, cancellation);
        var last = held.FirstOrDefault(m =>
            m.Date is not null && string.CompareOrdinal(m.Date, today) <= 0 && m.Id != meeting
        );
        var since = Since(last);
        var pending = await PendingAsync(country, cancellation);
        return new FicheSources
        {
            Country = country,
            Partner = partner,
            Meetings = held,
            Last = last is null ? null : await meetings.FindAsync(last.Id, cancellation),
            People = await partners.OfficialsAsync(country, cancellation),
            Instruments = await partners.InstrumentsAsync(country, cancellation),
            States = await partners.CommitmentStatesAsync(country, cancellation),
            Pending = pending,
            Standings = await standings.OfAsync(pending, reader, cancellation),
            Texts = await texts.ListAsync(reader, country, cancellation),
            Exchange = await exchange.OfAsync(reader, country, since, cancellation),
            Results = await ResultsAsync(country, cancellation),
            Activities = await activities.OfAsync(
                country,
                since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                reader.Clearance,
                cancellation
            ),
            Meeting = planned,
            Today = today,
        };
    }

    private DateTimeOffset Since(MeetingRow? last) =>
        PartialDate.TryDay(last?.Date, out var day)
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : clock.GetUtcNow() - WithoutMeeting;

    private Task<IReadOnlyList<CommitmentRow>> PendingAsync(string country, CancellationToken cancellation)
    {
        const string sql = """
            SELECT c.id, c.type, c.wording, c.domain, c.state, c.due, c.sort_date, c.instrument, c.wordings,
                c.indicator, c.target, c.rhythm, c.own_unit, c.partner_unit
            FROM commitment c JOIN commitment_partner p ON p.commitment = c.id
            WHERE p.country = @Country AND c.state IN ('open', 'under-way')
            ORDER BY COALESCE(c.due, '9999'), c.sort_date DESC, c.id LIMIT 40
            """;
        return database.ReadAsync(
            c => c.ListAsync<CommitmentRow>(sql, new { Country = country }, cancellation),
            cancellation
        );
    }

    private Task<IReadOnlyList<ResultCount>> ResultsAsync(string country, CancellationToken cancellation)
    {
        const string sql = """
            SELECT r.type, COUNT(*) AS times, SUM(r.amount) AS amount
            FROM meeting_partner p JOIN meeting_result r ON r.meeting = p.meeting
            WHERE p.country = @Country GROUP BY r.type ORDER BY COUNT(*) DESC, r.type
            """;
        return database.ReadAsync(
            c => c.ListAsync<ResultCount>(sql, new { Country = country }, cancellation),
            cancellation
        );
    }
}

internal sealed record ResultCount
{
    public string Type { get; init; } = "";
    public long Times { get; init; }
    public double? Amount { get; init; }
}
