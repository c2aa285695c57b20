using Entente.Node.Storage;

namespace Entente.Node.Features.Record;

/// <summary>The relation with each state at a glance.</summary>
internal sealed class PartnerBook(Database database)
{
    private const string Columns = """
        SELECT p.country,
            (SELECT m.id FROM meeting m JOIN meeting_partner x ON x.meeting = m.id
                WHERE x.country = p.country ORDER BY m.sort_date DESC, m.id DESC LIMIT 1) AS last_meeting,
            (SELECT COUNT(*) FROM meeting_partner x WHERE x.country = p.country) AS meetings,
            (SELECT COUNT(*) FROM instrument i JOIN instrument_partner x ON x.instrument = i.id
                WHERE x.country = p.country AND i.ended IS NULL
                    AND i.status IN ('signed', 'adopted', 'existing') AND i.type <> 'joint-communique') AS instruments,
            (SELECT COUNT(*) FROM commitment c JOIN commitment_partner x ON x.commitment = c.id
                WHERE x.country = p.country AND c.state IN ('open', 'under-way')) AS pending,
            (SELECT COUNT(*) FROM commitment c JOIN commitment_partner x ON x.commitment = c.id
                WHERE x.country = p.country AND c.state IN ('open', 'under-way')
                    AND c.due || SUBSTR('0000-12-31', LENGTH(c.due) + 1) < @Today) AS late
        FROM partner p
        """;

    public Task<IReadOnlyList<PartnerRow>> ListAsync(string today, CancellationToken cancellation)
    {
        const string sql = Columns + "\nORDER BY p.touched_at DESC, p.country";
        return database.ReadAsync(c => c.ListAsync<PartnerRow>(sql, new { Today = today }, cancellation), cancellation);
    }

    public Task<PartnerRow?> FindAsync(string country, string today, CancellationToken cancellation)
    {
        const string sql = Columns + "\nWHERE p.country = @Country";
        return database.ReadAsync(
            c => c.OneAsync<PartnerRow>(sql, new { Country = country, Today = today }, cancellation),
            cancellation
        );
    }

    public Task<IReadOnlyList<InstrumentRow>> InstrumentsAsync(string country, CancellationToken cancellation)
    {
        const string sql = """
            SELECT i.id, i.type, i.status, i.title, i.date, i.ended
            FROM instrument i JOIN instrument_partner p ON p.instrument = i.id
            WHERE p.country = @Country
            ORDER BY i.sort_date DESC, i.id
            LIMIT 500
            """;
        return database.ReadAsync(
            c => c.ListAsync<InstrumentRow>(sql, new { Country = country }, cancellation),
            cancellation
        );
    }

    public Task<IReadOnlyList<OfficialRow>> OfficialsAsync(string country, CancellationToken cancellation)
    {
        const string sql = """
            SELECT o.id, o.name, o.native, o.country, p.role, p.title, p.since, p.until, p.seen_first, p.seen_last
            FROM official o JOIN post p ON p.official = o.id
            WHERE o.country = @Country
            ORDER BY COALESCE(p.seen_last, p.since, '0000') DESC, o.name
            LIMIT 200
            """;
        return database.ReadAsync(
            c => c.ListAsync<OfficialRow>(sql, new { Country = country }, cancellation),
            cancellation
        );
    }

    public async Task<IReadOnlyDictionary<string, long>> CommitmentStatesAsync(
        string country,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT c.state, COUNT(*) AS count
            FROM commitment c JOIN commitment_partner p ON p.commitment = c.id
            WHERE p.country = @Country GROUP BY c.state
            """;
        var rows = await database.ReadAsync(
            c => c.ListAsync<StateCount>(sql, new { Country = country }, cancellation),
            cancellation
        );
        return rows.ToDictionary(r => r.State, r => r.Count, StringComparer.Ordinal);
    }

    private sealed record StateCount
    {
        public string State { get; init; } = "";
        public long Count { get; init; }
    }
}

public sealed record PartnerRow
{
    public string Country { get; init; } = "";
    public string? LastMeeting { get; init; }
    public long Meetings { get; init; }

    /// <summary>Instruments in force.</summary>
    public long Instruments { get; init; }

    /// <summary>Commitments neither done nor lapsed.</summary>
    public long Pending { get; init; }

    /// <summary>Those of them past their date.</summary>
    public long Late { get; init; }
}

public sealed record OfficialRow
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Native { get; init; }
    public string Country { get; init; } = "";
    public string Role { get; init; } = "";
    public string Title { get; init; } = "";
    public string? Since { get; init; }
    public string? Until { get; init; }
    public string? SeenFirst { get; init; }
    public string? SeenLast { get; init; }
}
