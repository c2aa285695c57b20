using Entente.Node.Features.Approvals;
using Entente.Node.Features.Retention.Registers;
using Entente.Node.Storage;

namespace Entente.Node.Features.Breach;

/// <summary>Breaches that were closed are kept for a time, and their words erased.</summary>
internal sealed class BreachRegister(Database database) : IKeptRegister
{
    public string Code => "breach";

    public Task<IReadOnlyList<RegisterEntry>> ToReviewAsync(
        DateTimeOffset now,
        int most,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT id, closed_at AS closed_at, review_at, erase_at FROM breach
            WHERE review_at <= @Now AND erased_at IS NULL ORDER BY review_at, id LIMIT @Most
            """;
        var values = new { Now = now, Most = most };
        return database.ReadAsync(c => c.ListAsync<RegisterEntry>(sql, values, cancellation), cancellation);
    }

    public Task<IReadOnlyList<string>> EndedAsync(DateTimeOffset now, int most, CancellationToken cancellation)
    {
        const string sql = """
            SELECT id FROM breach WHERE erase_at <= @Now AND erased_at IS NULL ORDER BY erase_at, id LIMIT @Most
            """;
        var values = new { Now = now, Most = most };
        return database.ReadAsync(c => c.ListAsync<string>(sql, values, cancellation), cancellation);
    }

    public Task<int> ReviewedAsync(
        Transaction transaction,
        string id,
        DateTimeOffset next,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE breach SET review_at = @Next WHERE id = @Id AND review_at IS NOT NULL AND erased_at IS NULL
            """;
        return transaction.RunAsync(sql, new { Id = id, Next = next }, cancellation);
    }

    public async Task<IReadOnlyList<string>> EraseAsync(
        Transaction transaction,
        IReadOnlyList<string> entries,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        const string keysOf = "SELECT data_key FROM breach WHERE id ";
        const string mark =
            "UPDATE breach SET erased_at = @At, review_at = NULL, erase_at = NULL WHERE erased_at IS NULL AND id ";
        var dialect = new Dialect(transaction.Engine);
        var values = new { Ids = dialect.Many(entries), At = at };
        var keys = await transaction.ListAsync<string>(keysOf + dialect.AmongMany, values, cancellation);
        if (keys.Count > 0)
        {
            await ContentSeal.EraseAsync(transaction, dialect, keys, cancellation);
        }

        await ErasedApprovals.EraseAsync(transaction, [.. entries.Select(id => $"breach:{id}")], cancellation);
        var sql = mark + dialect.AmongMany + " RETURNING id";
        return await transaction.ListAsync<string>(sql, values, cancellation);
    }
}
