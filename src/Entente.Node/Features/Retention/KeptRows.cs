using Entente.Node.Storage;

namespace Entente.Node.Features.Retention;

/// <summary>Reads and writes rows of kept cases, in the caller's transaction.</summary>
internal static class KeptRows
{
    private static readonly string[] Saved =
    [
        "CaseId",
        "Partner",
        "Profile",
        "Categories",
        "ReviewMonths",
        "AgainMonths",
        "EraseMonths",
        "LastAt",
        "EndedAt",
        "ReviewedAt",
        "ReviewedBy",
        "ClosedEarly",
        "ExtendedUntil",
        "ReviewAt",
        "EraseAt",
        "State",
        "ErasedAt",
    ];

    public static async Task<IReadOnlyDictionary<string, KeptCase>> FindAsync(
        Transaction transaction,
        IReadOnlyList<string> cases,
        CancellationToken cancellation
    )
    {
        const string sql = $"SELECT {KeptCase.Columns} FROM retention r WHERE r.case_id ";
        var dialect = new Dialect(transaction.Engine);
        var values = new { Ids = dialect.Many(cases) };
        var rows = await transaction.ListAsync<KeptCase>(sql + dialect.AmongMany, values, cancellation);
        return rows.ToDictionary(row => row.CaseId, StringComparer.Ordinal);
    }

    public static async Task<KeptCase?> FindAsync(
        Transaction transaction,
        string caseId,
        CancellationToken cancellation
    ) => (await FindAsync(transaction, [caseId], cancellation)).GetValueOrDefault(caseId);

    public static Task ErasedAsync(
        Transaction transaction,
        IReadOnlyList<string> cases,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        const string sql = "UPDATE retention SET state = 'erased', erased_at = @At WHERE case_id ";
        var dialect = new Dialect(transaction.Engine);
        return transaction.RunAsync(sql + dialect.AmongMany, new { Ids = dialect.Many(cases), At = at }, cancellation);
    }

    public static Task SaveAsync(Transaction transaction, KeptCase kept, CancellationToken cancellation) =>
        SaveAsync(transaction, [kept], cancellation);

    public static Task SaveAsync(Transaction transaction, IReadOnlyList<KeptCase> kept, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO retention (case_id, partner, profile, categories, review_months, again_months, erase_months,
                last_at, ended_at, reviewed_at, reviewed_by, closed_early, extended_until, review_at, erase_at, state,
                erased_at)
            VALUES (@CaseId, @Partner, @Profile, @Categories, @ReviewMonths, @AgainMonths, @EraseMonths,
                @LastAt, @EndedAt, @ReviewedAt, @ReviewedBy, @ClosedEarly, @ExtendedUntil, @ReviewAt, @EraseAt, @State,
                @ErasedAt)
            ON CONFLICT (case_id) DO UPDATE SET profile = excluded.profile, categories = excluded.categories,
                review_months = excluded.review_months, again_months = excluded.again_months,
                erase_months = excluded.erase_months, last_at = excluded.last_at, ended_at = excluded.ended_at,
                reviewed_at = excluded.reviewed_at, reviewed_by = excluded.reviewed_by,
                closed_early = excluded.closed_early, extended_until = excluded.extended_until,
                review_at = excluded.review_at, erase_at = excluded.erase_at, state = excluded.state,
                erased_at = excluded.erased_at
            """;
        return Bulk.ExecuteAsync(transaction, sql, Saved, [.. kept.Select(k => Values(k.Dated()))], cancellation);
    }

    private static object?[] Values(KeptCase kept) =>
        [
            kept.CaseId,
            kept.Partner,
            kept.Profile,
            kept.Categories,
            kept.ReviewMonths,
            kept.AgainMonths,
            kept.EraseMonths,
            kept.LastAt.ToUnixTimeMilliseconds(),
            kept.EndedAt?.ToUnixTimeMilliseconds(),
            kept.ReviewedAt?.ToUnixTimeMilliseconds(),
            kept.ReviewedBy,
            kept.ClosedEarly?.ToUnixTimeMilliseconds(),
            kept.ExtendedUntil?.ToUnixTimeMilliseconds(),
            kept.ReviewAt.ToUnixTimeMilliseconds(),
            kept.EraseAt?.ToUnixTimeMilliseconds(),
            kept.State,
            kept.ErasedAt?.ToUnixTimeMilliseconds(),
        ];
}
