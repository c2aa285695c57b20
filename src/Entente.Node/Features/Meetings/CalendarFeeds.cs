using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Entente.Node.Features.Accounts;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Meetings;

/// <summary>
/// The secret addresses under which calendar programs read. A feed shows no more than its owner could see when it was made,
/// and ends when its owner, or the account, does.
/// </summary>
internal sealed class CalendarFeeds(Database database, ContentSeal seal, Ids ids, TimeProvider clock)
{
    private const int SecretBytes = 32;

    public Task OpenAsync(Officer officer, string? country, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO calendar_feed (id, account, country, secret_sha256, data_key, sealed, clearance, created_at)
            VALUES (@Id, @Account, @Country, @Sha256, @DataKey, @Sealed, @Clearance, @At)
            """;
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        return database.WriteAsync(
            async t =>
            {
                var content = await seal.SealAsync(t, Encoding.ASCII.GetBytes(secret), cancellation);
                var row = new
                {
                    Id = ids.New(),
                    Account = officer.Id,
                    Country = country,
                    Sha256 = HashOf(secret),
                    content.DataKey,
                    Sealed = content.Bytes,
                    officer.Clearance,
                    At = clock.GetUtcNow(),
                };
                await t.RunAsync(sql, row, cancellation);
            },
            cancellation
        );
    }

    public Task EndAsync(Officer officer, string id, CancellationToken cancellation)
    {
        const string sql = "DELETE FROM calendar_feed WHERE id = @Id AND account = @Account";
        return database.WriteAsync(
            t => t.RunAsync(sql, new { Id = id, Account = officer.Id }, cancellation),
            cancellation
        );
    }

    /// <summary>With their secrets, for their owner only.</summary>
    public async Task<IReadOnlyList<CalendarFeed>> OfAsync(Officer officer, CancellationToken cancellation)
    {
        const string sql = """
            SELECT f.id, f.country, f.clearance, f.data_key, f.sealed, k.wrapped
            FROM calendar_feed f JOIN data_key k ON k.id = f.data_key
            WHERE f.account = @Account ORDER BY f.id
            """;
        var rows = await database.ReadAsync(
            c => c.ListAsync<Row>(sql, new { Account = officer.Id }, cancellation),
            cancellation
        );
        return
        [
            .. rows.Select(r => new CalendarFeed(
                r.Id,
                r.Country,
                r.Clearance,
                Encoding.ASCII.GetString(seal.Open(r.DataKey, r.Wrapped, r.Sealed))
            )),
        ];
    }

    /// <summary>Null where there is no such feed, or its owner's account is closed or no longer works with meetings.</summary>
    public async Task<CalendarFeed?> FindAsync(string secret, CancellationToken cancellation)
    {
        const string sql = """
            SELECT f.id, f.country,
                CASE WHEN a.clearance < f.clearance THEN a.clearance ELSE f.clearance END AS clearance
            FROM calendar_feed f JOIN account a ON a.id = f.account
            WHERE f.secret_sha256 = @Sha256 AND a.active AND EXISTS (
              SELECT 1 FROM account_role r WHERE r.account = a.id AND r.role IN ('Officer', 'Supervisor', 'Desk')
            )
            """;
        var row = await database.ReadAsync(
            c => c.OneAsync<Row>(sql, new { Sha256 = HashOf(secret) }, cancellation),
            cancellation
        );
        return row is null ? null : new CalendarFeed(row.Id, row.Country, row.Clearance, secret);
    }

    private static string HashOf(string secret) => Hash.Of(Encoding.UTF8.GetBytes(secret)).ToString();

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string? Country { get; init; }
        public int Clearance { get; init; }
        public string DataKey { get; init; } = "";
        public byte[] Sealed { get; init; } = [];
        public byte[] Wrapped { get; init; } = [];
    }
}

/// <param name="Country">Null for all partners.</param>
public sealed record CalendarFeed(string Id, string? Country, int Clearance, string Secret);
