using System.Collections.Concurrent;
using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>Which of our agreement keys each partner uses: one that a partner still uses is not forgotten.</summary>
internal sealed class AgreementUse(Database database, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>An envelope of this partner was opened with that key.</summary>
    public async Task NoteAsync(string partner, string kid, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO agreement_use (partner, kid, at) VALUES (@Partner, @Kid, @At)
            ON CONFLICT (partner) DO UPDATE SET kid = excluded.kid, at = excluded.at
            WHERE agreement_use.kid <> excluded.kid
            """;
        if (_known.TryGetValue(partner, out var known) && known == kid)
        {
            return;
        }

        var values = new
        {
            Partner = partner,
            Kid = kid,
            At = clock.GetUtcNow(),
        };
        await database.WriteAsync(t => t.RunAsync(sql, values, cancellation), cancellation);
        _known[partner] = kid;
    }

    /// <summary>Partners with a link that have not yet sent us anything encrypted to that key.</summary>
    public Task<IReadOnlyList<string>> NotYetAsync(string kid, CancellationToken cancellation)
    {
        const string sql = """
            SELECT l.partner FROM link l
            LEFT JOIN agreement_use u ON u.partner = l.partner
            WHERE l.state IN ('active', 'suspended') AND COALESCE(u.kid, '') <> @Kid
            ORDER BY l.partner
            """;
        return database.ReadAsync(c => c.ListAsync<string>(sql, new { Kid = kid }, cancellation), cancellation);
    }
}
