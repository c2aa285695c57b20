using Entente.Node.Features.Approvals;
using Entente.Node.Storage;

namespace Entente.Node.Features.Retention.Registers;

/// <summary>
/// A register whose entries name persons, and are reviewed and erased like cases: one table with `review_at`, `erase_at`,
/// `erased_at` and a content under `data_key`. Register with `TryAddEnumerable`.
/// </summary>
internal abstract class KeptRegister(Database database)
{
    /// <summary>As in the ledger, `rights:0192…`; also a label `registers.CODE`.</summary>
    public abstract string Code { get; }

    /// <summary>Takes @Now and @Most; gives <see cref="RegisterEntry"/>, the first due first.</summary>
    protected abstract string ToReview { get; }

    /// <summary>Takes @Now and @Most; gives ids, the first ended first.</summary>
    protected abstract string Ended { get; }

    /// <summary>Takes @Id and @Next.</summary>
    protected abstract string Review { get; }

    /// <summary>Gives data keys; ends before the dialect's list of @Ids.</summary>
    protected abstract string Keys { get; }

    /// <summary>Takes @At; ends before the dialect's list of @Ids.</summary>
    protected abstract string Erase { get; }

    /// <summary>Entries whose review is due, the first due first.</summary>
    public Task<IReadOnlyList<RegisterEntry>> ToReviewAsync(
        DateTimeOffset now,
        int most,
        CancellationToken cancellation
    ) =>
        database.ReadAsync(
            c => c.ListAsync<RegisterEntry>(ToReview, new { Now = now, Most = most }, cancellation),
            cancellation
        );

    /// <summary>Ids of entries whose period has ended.</summary>
    public Task<IReadOnlyList<string>> EndedAsync(DateTimeOffset now, int most, CancellationToken cancellation) =>
        database.ReadAsync(c => c.ListAsync<string>(Ended, new { Now = now, Most = most }, cancellation), cancellation);

    /// <returns>0 where there is no such entry to review.</returns>
    public Task<int> ReviewedAsync(
        Transaction transaction,
        string id,
        DateTimeOffset next,
        CancellationToken cancellation
    ) => transaction.RunAsync(Review, new { Id = id, Next = next }, cancellation);

    /// <summary>What they say becomes unreadable; that they were there stays.</summary>
    /// <returns>Those erased now.</returns>
    public async Task<IReadOnlyList<string>> EraseAsync(
        Transaction transaction,
        IReadOnlyList<string> entries,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        var dialect = new Dialect(transaction.Engine);
        var values = new { Ids = dialect.Many(entries), At = at };
        var keys = await transaction.ListAsync<string>(Keys + dialect.AmongMany, values, cancellation);
        if (keys.Count > 0)
        {
            await ContentSeal.EraseAsync(transaction, dialect, keys, cancellation);
        }

        await ErasedApprovals.EraseAsync(transaction, [.. entries.Select(id => $"{Code}:{id}")], cancellation);
        return await transaction.ListAsync<string>(Erase + dialect.AmongMany + " RETURNING id", values, cancellation);
    }
}
