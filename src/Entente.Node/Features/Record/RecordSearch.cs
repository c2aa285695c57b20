using Entente.Node.Storage;

namespace Entente.Node.Features.Record;

/// <summary>Finds officials, instruments, commitments and meetings by words in them.</summary>
internal sealed class RecordSearch(Database database)
{
    private const int MostOfEach = 20;

    public Task<IReadOnlyList<SearchHit>> FindAsync(string words, CancellationToken cancellation)
    {
        const string sql = """
            SELECT * FROM (SELECT 'official' AS kind, id, country, name AS text, '' AS code FROM official
                WHERE folded LIKE @Folded OR native LIKE @Plain LIMIT @Limit) o
            UNION ALL
            SELECT * FROM (SELECT 'instrument' AS kind, i.id, MIN(p.country) AS country, MIN(i.title) AS text,
                    MIN(i.type) AS code
                FROM instrument i JOIN instrument_partner p ON p.instrument = i.id
                WHERE LOWER(i.title) LIKE @Plain GROUP BY i.id LIMIT @Limit) i
            UNION ALL
            SELECT * FROM (SELECT 'commitment' AS kind, c.id, MIN(p.country) AS country, MIN(c.wording) AS text,
                    MIN(c.type) AS code
                FROM commitment c JOIN commitment_partner p ON p.commitment = c.id
                WHERE LOWER(c.wording) LIKE @Plain GROUP BY c.id LIMIT @Limit) c
            UNION ALL
            SELECT * FROM (SELECT 'meeting' AS kind, m.id, MIN(p.country) AS country,
                    MIN(COALESCE(m.place, '') || ' ' || COALESCE(m.date, '')) AS text, MIN(m.kind) AS code
                FROM meeting m JOIN meeting_partner p ON p.meeting = m.id
                WHERE LOWER(m.place) LIKE @Plain OR m.date LIKE @Plain GROUP BY m.id LIMIT @Limit) m
            """;
        var with = new
        {
            Folded = Pattern(FoldedName.Of(words)),
            Plain = Pattern(words.Trim().ToLowerInvariant()),
            Limit = MostOfEach,
        };
        return database.ReadAsync(c => c.ListAsync<SearchHit>(sql, with, cancellation), cancellation);
    }

    // What people type is words, not patterns.
    private static string Pattern(string words) =>
        $"%{words.Replace("%", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal)}%";
}

public sealed record SearchHit
{
    public string Kind { get; init; } = "";
    public string Id { get; init; } = "";
    public string Country { get; init; } = "";
    public string Text { get; init; } = "";
    public string Code { get; init; } = "";
}
