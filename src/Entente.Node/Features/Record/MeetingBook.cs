using System.Data.Common;
using Entente.Node.Storage;

namespace Entente.Node.Features.Record;

/// <summary>Meetings as pages show them.</summary>
internal sealed class MeetingBook(Database database)
{
    public const int PageSize = 50;

    /// <summary>In the order of the ids given.</summary>
    public Task<IReadOnlyList<MeetingRow>> RowsAsync(IReadOnlyList<string> ids, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<MeetingRow>>(
            async c =>
            {
                var rows = new List<MeetingRow>();
                foreach (var id in ids)
                {
                    if (await RowAsync(c, id, cancellation) is { } row)
                    {
                        rows.Add(row);
                    }
                }

                return rows;
            },
            cancellation
        );

    /// <param name="before">`sort date~id` of the last row of the page before; null for the newest.</param>
    public Task<IReadOnlyList<MeetingRow>> ListAsync(string country, string? before, CancellationToken cancellation)
    {
        const string sql = """
            SELECT m.id, m.kind, m.date, m.sort_date, m.place,
                (SELECT COUNT(*) FROM meeting_source s WHERE s.meeting = m.id) AS sources
            FROM meeting m JOIN meeting_partner p ON p.meeting = m.id
            WHERE p.country = @Country AND (m.sort_date, m.id) < (@Date, @Id)
            ORDER BY m.sort_date DESC, m.id DESC
            LIMIT @Limit
            """;
        var key = PageKey.Parse(before);
        var with = new
        {
            Country = country,
            key.Date,
            key.Id,
            Limit = PageSize + 1,
        };
        return database.ReadAsync(c => c.ListAsync<MeetingRow>(sql, with, cancellation), cancellation);
    }

    public Task<MeetingView?> FindAsync(string id, CancellationToken cancellation) =>
        database.ReadAsync(
            async c => await RowAsync(c, id, cancellation) is { } row ? await ViewAsync(c, row, cancellation) : null,
            cancellation
        );

    private static Task<MeetingRow?> RowAsync(DbConnection c, string id, CancellationToken cancellation)
    {
        const string sql = """
            SELECT m.id, m.kind, m.date, m.sort_date, m.place,
                (SELECT COUNT(*) FROM meeting_source s WHERE s.meeting = m.id) AS sources
            FROM meeting m WHERE m.id = @Id
            """;
        return c.OneAsync<MeetingRow>(sql, new { Id = id }, cancellation);
    }

    private static async Task<MeetingView> ViewAsync(DbConnection c, MeetingRow row, CancellationToken cancellation)
    {
        const string partners = "SELECT country FROM meeting_partner WHERE meeting = @Id ORDER BY country";
        const string formats = "SELECT format FROM meeting_session WHERE meeting = @Id ORDER BY format";
        const string domains = "SELECT domain FROM meeting_domain WHERE meeting = @Id ORDER BY domain";
        const string people = """
            SELECT o.id, o.name, o.native, o.country, p.role, p.title
            FROM participation p JOIN official o ON o.id = p.official
            WHERE p.meeting = @Id ORDER BY o.country, p.role, o.name
            """;
        const string bodies = """
            SELECT a.name FROM meeting_authority m JOIN authority a ON a.id = m.authority
            WHERE m.meeting = @Id ORDER BY a.name
            """;
        const string results = "SELECT type, amount, countries FROM meeting_result WHERE meeting = @Id ORDER BY id";
        const string sources = """
            SELECT reading, title, language, published FROM meeting_source WHERE meeting = @Id ORDER BY reading
            """;
        const string instruments = """
            SELECT i.id, i.type, i.status, i.title, i.date, i.ended
            FROM meeting_instrument m JOIN instrument i ON i.id = m.instrument
            WHERE m.meeting = @Id ORDER BY i.sort_date DESC, i.id
            """;
        const string commitments = """
            SELECT id, type, wording, domain, state, due, sort_date FROM commitment
            WHERE meeting = @Id ORDER BY id
            """;
        var with = new { row.Id };
        return new MeetingView
        {
            Row = row,
            Partners = await c.ListAsync<string>(partners, with, cancellation),
            Formats = await c.ListAsync<string>(formats, with, cancellation),
            Domains = await c.ListAsync<string>(domains, with, cancellation),
            People = await c.ListAsync<PersonRow>(people, with, cancellation),
            Bodies = await c.ListAsync<string>(bodies, with, cancellation),
            Results = await c.ListAsync<ResultRow>(results, with, cancellation),
            Sources = await c.ListAsync<SourceRow>(sources, with, cancellation),
            Instruments = await c.ListAsync<InstrumentRow>(instruments, with, cancellation),
            Commitments = await c.ListAsync<CommitmentRow>(commitments, with, cancellation),
        };
    }
}
