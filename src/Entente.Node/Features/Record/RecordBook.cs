using Entente.Node.Storage;

namespace Entente.Node.Features.Record;

/// <summary>What other features may ask of the record.</summary>
internal sealed class RecordBook(Database database)
{
    /// <summary>
    /// The instruments in force with a state: the legal bases a request may name. A joint communiqué tells of a meeting and
    /// binds nobody, so it is none.
    /// </summary>
    public Task<IReadOnlyList<BasisChoice>> BasesAsync(string country, CancellationToken cancellation)
    {
        const string sql = """
            SELECT i.id, i.type, i.title, i.date
            FROM instrument i JOIN instrument_partner p ON p.instrument = i.id
            WHERE p.country = @Country
                AND i.status IN ('signed', 'adopted', 'existing') AND i.ended IS NULL AND i.type <> 'joint-communique'
            ORDER BY i.sort_date DESC, i.id
            LIMIT 500
            """;
        return database.ReadAsync(
            c => c.ListAsync<BasisChoice>(sql, new { Country = country }, cancellation),
            cancellation
        );
    }

    /// <summary>
    /// The commitments with a state that an exchange may serve: those neither done nor lapsed. The same promise made at
    /// several meetings is listed once, as it was first entered, so that a choice stays one when a later text repeats it.
    /// </summary>
    public Task<IReadOnlyList<CommitmentChoice>> CommitmentsAsync(string country, CancellationToken cancellation)
    {
        const string sql = """
            SELECT c.id, c.type, c.wording AS text, c.domain
            FROM commitment c
            WHERE c.id IN (
              SELECT MIN(o.id)
              FROM commitment o JOIN commitment_partner p ON p.commitment = o.id
              WHERE p.country = @Country AND o.state IN ('open', 'under-way')
              GROUP BY o.type, o.wording
            )
            ORDER BY c.sort_date DESC, c.id
            LIMIT 500
            """;
        return database.ReadAsync(
            c => c.ListAsync<CommitmentChoice>(sql, new { Country = country }, cancellation),
            cancellation
        );
    }

    /// <summary>Officials' names in another script, with the Latin spelling that the record uses.</summary>
    public async Task<IReadOnlyDictionary<string, string>> KnownNamesAsync(CancellationToken cancellation)
    {
        const string sql = "SELECT native, MIN(name) AS name FROM official WHERE native IS NOT NULL GROUP BY native";
        var rows = await database.ReadAsync(c => c.ListAsync<KnownName>(sql, null, cancellation), cancellation);
        return rows.ToDictionary(r => r.Native, r => r.Name, StringComparer.Ordinal);
    }

    /// <summary>The officials of some states with every post that texts attest, a row a post.</summary>
    public Task<IReadOnlyList<KnownOfficial>> OfficialsAsync(string country, CancellationToken cancellation)
    {
        const string sql = """
            SELECT o.id, o.country, o.name, o.native, p.role, p.seen_first, p.seen_last
            FROM official o LEFT JOIN post p ON p.official = o.id
            WHERE o.country = @Country
            ORDER BY o.id, p.role
            LIMIT 2000
            """;
        return database.ReadAsync(
            c => c.ListAsync<KnownOfficial>(sql, new { Country = country }, cancellation),
            cancellation
        );
    }

    private sealed record KnownName
    {
        public string Native { get; init; } = "";
        public string Name { get; init; } = "";
    }
}

/// <summary>An official on record and one of the posts they held, with the days between which texts attest it.</summary>
public sealed record KnownOfficial
{
    public string Id { get; init; } = "";
    public string Country { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Native { get; init; }
    public string? Role { get; init; }
    public string? SeenFirst { get; init; }
    public string? SeenLast { get; init; }
}

/// <param name="Id">The instrument's id on this node; the title and date travel in the message beside it.</param>
/// <param name="Type">`agreement`, `declaration-of-intent`, …</param>
/// <param name="Date">As precise as known: `2023`, `2023-10`, `2023-10-30`.</param>
public sealed record BasisChoice(string Id, string Type, string Title, string? Date);

/// <param name="Type">`information-exchange`, `training`, …</param>
public sealed record CommitmentChoice(string Id, string Type, string Text, string? Domain);
