using System.Globalization;
using Entente.Node.Features.Record;
using Entente.Node.Storage;

namespace Entente.Node.Features.Commitments;

/// <summary>What is due with whom: late, soon, and in which quarter.</summary>
internal sealed class CommitmentAgenda(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public Task<IReadOnlyList<DueCommitment>> LateAsync(CancellationToken cancellation) =>
        BetweenAsync("0000", PartialDate.Today(clock), cancellation);

    /// <summary>Due within thirty days: the reminder.</summary>
    public Task<IReadOnlyList<DueCommitment>> SoonAsync(CancellationToken cancellation) =>
        BetweenAsync(
            PartialDate.Today(clock),
            (clock.GetUtcNow() + Soon).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            cancellation
        );

    /// <summary>All that is dated with one state, the earliest first.</summary>
    public Task<IReadOnlyList<DueCommitment>> DatedAsync(string country, CancellationToken cancellation)
    {
        const string sql = """
            SELECT c.id, c.type, c.wording, c.domain, c.state, c.due, c.rhythm, p.country
            FROM commitment c JOIN commitment_partner p ON p.commitment = c.id
            WHERE p.country = @Country AND (c.due IS NOT NULL OR c.rhythm IS NOT NULL)
            ORDER BY c.due, c.id LIMIT 1000
            """;
        return database.ReadAsync(
            c => c.ListAsync<DueCommitment>(sql, new { Country = country }, cancellation),
            cancellation
        );
    }

    /// <summary>Pending ones due on a day that is known, for calendars: of the last year and to come.</summary>
    public Task<IReadOnlyList<DueCommitment>> ForCalendarAsync(string? country, CancellationToken cancellation)
    {
        const string sql = """
            SELECT c.id, c.type, c.wording, c.domain, c.state, c.due, c.rhythm, MIN(p.country) AS country
            FROM commitment c JOIN commitment_partner p ON p.commitment = c.id
            WHERE c.due >= @From AND LENGTH(c.due) = 10 AND c.state IN ('open', 'under-way')
                AND (@Country = '' OR p.country = @Country)
            GROUP BY c.id, c.type, c.wording, c.domain, c.state, c.due, c.rhythm
            ORDER BY c.due, c.id LIMIT 1000
            """;
        var with = new
        {
            From = clock.GetUtcNow().AddYears(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Country = country ?? "",
        };
        return database.ReadAsync(c => c.ListAsync<DueCommitment>(sql, with, cancellation), cancellation);
    }

    /// <summary>Where the two sides do not say the same of a commitment.</summary>
    public Task<IReadOnlyList<DueCommitment>> DisputedAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT c.id, c.type, c.wording, c.domain, c.state, c.due, c.rhythm, MIN(p.country) AS country
            FROM commitment_report r
            JOIN commitment c ON c.id = r.commitment
            JOIN commitment_partner p ON p.commitment = c.id
            WHERE r.id = (SELECT MAX(l.id) FROM commitment_report l WHERE l.commitment = r.commitment AND l.side = r.side)
            GROUP BY c.id, c.type, c.wording, c.domain, c.state, c.due, c.rhythm
            HAVING COUNT(DISTINCT r.state) > 1
            LIMIT 100
            """;
        return database.ReadAsync(c => c.ListAsync<DueCommitment>(sql, null, cancellation), cancellation);
    }

    private Task<IReadOnlyList<DueCommitment>> BetweenAsync(string from, string to, CancellationToken cancellation)
    {
        const string sql = """
            SELECT c.id, c.type, c.wording, c.domain, c.state, c.due, c.rhythm, MIN(p.country) AS country
            FROM commitment c JOIN commitment_partner p ON p.commitment = c.id
            WHERE c.due < @To AND c.due || SUBSTR('0000-12-31', LENGTH(c.due) + 1) >= @From
                AND c.due || SUBSTR('0000-12-31', LENGTH(c.due) + 1) < @To AND c.state IN ('open', 'under-way')
            GROUP BY c.id, c.type, c.wording, c.domain, c.state, c.due, c.rhythm
            ORDER BY c.due, c.id LIMIT 100
            """;
        return database.ReadAsync(
            c => c.ListAsync<DueCommitment>(sql, new { From = from, To = to }, cancellation),
            cancellation
        );
    }
}

public sealed record DueCommitment
{
    public string Id { get; init; } = "";
    public string Type { get; init; } = "";
    public string Wording { get; init; } = "";
    public string? Domain { get; init; }
    public string State { get; init; } = "";
    public string? Due { get; init; }
    public string? Rhythm { get; init; }
    public string Country { get; init; } = "";
}
