using Entente.Node.Storage;

namespace Entente.Node.Features.Record;

/// <summary>Instruments and officials, one at a time, as their pages show them.</summary>
internal sealed class InstrumentBook(Database database)
{
    public Task<InstrumentView?> FindAsync(string id, CancellationToken cancellation) =>
        database.ReadAsync(
            async c =>
            {
                const string sql = "SELECT id, type, status, title, date, ended FROM instrument WHERE id = @Id";
                const string partners =
                    "SELECT country FROM instrument_partner WHERE instrument = @Id ORDER BY country";
                const string meetings = """
                    SELECT m.id, m.kind, m.date, m.sort_date, m.place
                    FROM meeting_instrument i JOIN meeting m ON m.id = i.meeting
                    WHERE i.instrument = @Id ORDER BY m.sort_date DESC, m.id
                    """;
                const string commitments = """
                    SELECT id, type, wording, domain, state, due, sort_date FROM commitment
                    WHERE instrument = @Id ORDER BY id
                    """;
                var with = new { Id = id };
                return await c.OneAsync<InstrumentRow>(sql, with, cancellation) is { } row
                    ? new InstrumentView(
                        row,
                        await c.ListAsync<string>(partners, with, cancellation),
                        await c.ListAsync<MeetingRow>(meetings, with, cancellation),
                        await c.ListAsync<CommitmentRow>(commitments, with, cancellation)
                    )
                    : null;
            },
            cancellation
        );

    public Task<OfficialView?> OfficialAsync(string id, CancellationToken cancellation) =>
        database.ReadAsync(
            async c =>
            {
                const string posts = """
                    SELECT o.id, o.name, o.native, o.country, p.role, p.title, p.since, p.until, p.seen_first, p.seen_last
                    FROM official o JOIN post p ON p.official = o.id
                    WHERE o.id = @Id ORDER BY COALESCE(p.seen_last, p.since, '0000') DESC
                    """;
                const string meetings = """
                    SELECT m.id, m.kind, m.date, m.sort_date, m.place
                    FROM participation p JOIN meeting m ON m.id = p.meeting
                    WHERE p.official = @Id ORDER BY m.sort_date DESC, m.id LIMIT 100
                    """;
                var with = new { Id = id };
                var rows = await c.ListAsync<OfficialRow>(posts, with, cancellation);
                return rows.Count > 0
                    ? new OfficialView(rows[0], rows, await c.ListAsync<MeetingRow>(meetings, with, cancellation))
                    : null;
            },
            cancellation
        );
}

public sealed record InstrumentView(
    InstrumentRow Row,
    IReadOnlyList<string> Partners,
    IReadOnlyList<MeetingRow> Meetings,
    IReadOnlyList<CommitmentRow> Commitments
);

public sealed record OfficialView(
    OfficialRow Official,
    IReadOnlyList<OfficialRow> Posts,
    IReadOnlyList<MeetingRow> Meetings
);
