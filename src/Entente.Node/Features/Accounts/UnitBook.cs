using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Accounts;

/// <summary>The units of this authority.</summary>
internal sealed partial class UnitBook(Database database, LedgerLog ledger, NodeOptions options, TimeProvider clock)
{
    /// <summary>`liaison@es.interior`.</summary>
    public string Address(string slug) => $"{slug}@{options.Node}";

    public static bool IsSlug(string text) => SlugPattern().IsMatch(text);

    public async Task<IReadOnlyList<Unit>> ListAsync(CancellationToken cancellation)
    {
        const string sql = "SELECT slug, names FROM unit ORDER BY slug";
        var rows = await database.ReadAsync(
            c => c.QueryAsync<Row>(new CommandDefinition(sql, cancellationToken: cancellation)),
            cancellation
        );
        return [.. rows.Select(r => r.ToUnit())];
    }

    public async Task<Unit?> FindAsync(string slug, CancellationToken cancellation)
    {
        const string sql = "SELECT slug, names FROM unit WHERE slug = @Slug";
        var row = await database.ReadAsync(
            c =>
                c.QuerySingleOrDefaultAsync<Row>(
                    new CommandDefinition(sql, new { Slug = slug }, cancellationToken: cancellation)
                ),
            cancellation
        );
        return row?.ToUnit();
    }

    /// <summary>Opens the unit, or gives the one of that slug these names.</summary>
    /// <param name="by">Who does it: a login, or `node`.</param>
    public async Task SaveAsync(Transaction t, Unit unit, string by, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO unit (slug, names, created) VALUES (@Slug, @Names, @Created)
            ON CONFLICT (slug) DO UPDATE SET names = excluded.names
            """;
        var row = new
        {
            unit.Slug,
            Names = JsonSerializer.Serialize(unit.Names),
            Created = clock.GetUtcNow(),
        };
        await t.Connection.ExecuteAsync(new CommandDefinition(sql, row, t.Inner, cancellationToken: cancellation));
        await ledger.AppendAsync(
            t,
            new LedgerEvent(by, LedgerAction.Administer, $"unit:{unit.Slug}", "saved"),
            cancellation
        );
    }

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex SlugPattern();

    private sealed record Row
    {
        public required string Slug { get; init; }

        public required string Names { get; init; }

        public Unit ToUnit() =>
            new() { Slug = Slug, Names = JsonSerializer.Deserialize<Dictionary<string, string>>(Names)! }; // Written by SaveAsync.
    }
}
