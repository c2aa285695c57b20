using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Protection;

/// <summary>Risks of a death sentence or of torture, and what states promised against them.</summary>
internal sealed class AssuranceBook(Database database, LedgerLog ledger, Ids ids, TimeProvider clock)
{
    public static IReadOnlyList<string> Kinds { get; } = ["death-penalty", "torture"];

    /// <summary>Risks on record for the country and the domain that no assurance in force covers.</summary>
    public async Task<IReadOnlyList<string>> UncoveredAsync(
        string country,
        string? domain,
        CancellationToken cancellation
    )
    {
        var risks = await RisksAsync(country, cancellation);
        if (risks.Count == 0)
        {
            return [];
        }

        var assurances = await AssurancesAsync(country, cancellation);
        var today = clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return
        [
            .. risks
                .Where(risk => Covers(risk.Domains, domain))
                .Where(risk => !assurances.Any(a => a.Kind == risk.Kind && Covers(a.Domains, domain) && a.Holds(today)))
                .Select(risk => risk.Kind)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <param name="country">Null for all.</param>
    public Task<IReadOnlyList<Risk>> RisksAsync(string? country, CancellationToken cancellation)
    {
        const string sql = """
            SELECT r.id, r.country, r.kind, r.domains, r.source, r.placed_at, r.placed_by FROM risk r
            WHERE r.lifted_at IS NULL AND (@Country = '' OR r.country = @Country) ORDER BY r.country, r.kind, r.id
            """;
        return database.ReadAsync(
            c => c.ListAsync<Risk>(sql, new { Country = country ?? "" }, cancellation),
            cancellation
        );
    }

    /// <param name="country">Null for all.</param>
    public Task<IReadOnlyList<Assurance>> AssurancesAsync(string? country, CancellationToken cancellation)
    {
        const string sql = """
            SELECT a.id, a.country, a.kind, a.domains, a.reference, a.signatory, a.signed_on, a.expires_on, a.placed_at,
                a.placed_by
            FROM assurance a
            WHERE a.lifted_at IS NULL AND (@Country = '' OR a.country = @Country) ORDER BY a.country, a.kind, a.id
            """;
        return database.ReadAsync(
            c => c.ListAsync<Assurance>(sql, new { Country = country ?? "" }, cancellation),
            cancellation
        );
    }

    public Task PlaceAsync(Officer officer, Risk risk, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO risk (id, country, kind, domains, source, placed_at, placed_by)
            VALUES (@Id, @Country, @Kind, @Domains, @Source, @PlacedAt, @PlacedBy)
            """;
        var row = risk with { Id = ids.New(), PlacedAt = clock.GetUtcNow(), PlacedBy = officer.Login };
        return WriteAsync(officer, sql, row, $"risk:{row.Id}", "placed", cancellation);
    }

    public Task PlaceAsync(Officer officer, Assurance assurance, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO assurance (id, country, kind, domains, reference, signatory, signed_on, expires_on, placed_at,
                placed_by)
            VALUES (@Id, @Country, @Kind, @Domains, @Reference, @Signatory, @SignedOn, @ExpiresOn, @PlacedAt, @PlacedBy)
            """;
        var row = assurance with { Id = ids.New(), PlacedAt = clock.GetUtcNow(), PlacedBy = officer.Login };
        return WriteAsync(officer, sql, row, $"assurance:{row.Id}", "placed", cancellation);
    }

    public Task LiftRiskAsync(Officer officer, string id, CancellationToken cancellation)
    {
        const string sql = "UPDATE risk SET lifted_at = @At WHERE id = @Id AND lifted_at IS NULL";
        var values = new { Id = id, At = clock.GetUtcNow() };
        return WriteAsync(officer, sql, values, $"risk:{id}", "lifted", cancellation);
    }

    public Task LiftAssuranceAsync(Officer officer, string id, CancellationToken cancellation)
    {
        const string sql = "UPDATE assurance SET lifted_at = @At WHERE id = @Id AND lifted_at IS NULL";
        var values = new { Id = id, At = clock.GetUtcNow() };
        return WriteAsync(officer, sql, values, $"assurance:{id}", "lifted", cancellation);
    }

    private Task WriteAsync(
        Officer officer,
        string sql,
        object values,
        string what,
        string why,
        CancellationToken cancellation
    ) =>
        database.WriteAsync(
            async t =>
            {
                if (await t.RunAsync(sql, values, cancellation) > 0)
                {
                    var leaf = new LedgerEvent(officer.Login, LedgerAction.Administer, what, why);
                    await ledger.AppendAsync(t, leaf, cancellation);
                }
            },
            cancellation
        );

    private static bool Covers(string domains, string? domain) =>
        domains.Length == 0 || domains.Split(',').Contains(domain, StringComparer.Ordinal);
}

public sealed record Risk
{
    public string Id { get; init; } = "";
    public required string Country { get; init; }

    /// <summary>`death-penalty` or `torture`.</summary>
    public required string Kind { get; init; }

    /// <summary>Joined by commas; empty for all.</summary>
    public required string Domains { get; init; }
    public required string Source { get; init; }
    public DateTimeOffset PlacedAt { get; init; }
    public string PlacedBy { get; init; } = "";
}

public sealed record Assurance
{
    public string Id { get; init; } = "";
    public required string Country { get; init; }
    public required string Kind { get; init; }
    public required string Domains { get; init; }
    public required string Reference { get; init; }
    public required string Signatory { get; init; }

    /// <summary>ISO day.</summary>
    public required string SignedOn { get; init; }

    /// <summary>The last day it holds; null where it names none.</summary>
    public string? ExpiresOn { get; init; }
    public DateTimeOffset PlacedAt { get; init; }
    public string PlacedBy { get; init; } = "";

    public bool Holds(string today) =>
        string.CompareOrdinal(SignedOn, today) <= 0
        && (string.IsNullOrEmpty(ExpiresOn) || string.CompareOrdinal(today, ExpiresOn) <= 0);
}
