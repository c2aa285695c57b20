using Entente.Node.Features.Delivery;
using Entente.Node.Storage;

namespace Entente.Node.Features.Retention;

/// <summary>The queue of reviews and ends, each list one range of an index, paged by key.</summary>
internal sealed class RetentionBook(Database database, MessageFollower follower, TimeProvider clock)
{
    public const int PageSize = 25;

    /// <summary>Before a page of them is shown: what happened a moment ago is in it.</summary>
    public Task ReadOnAsync(CancellationToken cancellation) => follower.FollowAsync(cancellation);

    public async Task<RetentionPageOf> ListAsync(RetentionFilter filter, PageKey? after, CancellationToken cancellation)
    {
        const string review = $"""
            SELECT {KeptCase.Columns} FROM retention r
            WHERE r.state = 'held' AND r.review_at <= @Until AND (r.review_at, r.case_id) > (@At, @Id)
                AND (@Partner = '' OR r.partner = @Partner) AND (@Category = '' OR r.categories LIKE @Category)
            ORDER BY r.review_at, r.case_id LIMIT @Limit
            """;
        const string erase = $"""
            SELECT {KeptCase.Columns} FROM retention r
            WHERE r.state = @State AND r.erase_at <= @Until AND (r.erase_at, r.case_id) > (@At, @Id)
                AND (@Partner = '' OR r.partner = @Partner) AND (@Category = '' OR r.categories LIKE @Category)
            ORDER BY r.erase_at, r.case_id LIMIT @Limit
            """;
        var key = after ?? new PageKey(DateTimeOffset.UnixEpoch, "");
        var values = new
        {
            State = filter.Show == RetentionFilter.Erased ? KeptCase.Erased : KeptCase.Held,
            Until = Until(filter.Show),
            key.At,
            key.Id,
            Partner = filter.Partner ?? "",
            Category = filter.Category is { } code ? $"%{code}%" : "",
            Limit = PageSize + 1,
        };
        var ends = filter.Show is RetentionFilter.Soon or RetentionFilter.Erased;
        var rows = await database.ReadAsync(
            c => c.ListAsync<KeptCase>(ends ? erase : review, values, cancellation),
            cancellation
        );
        IReadOnlyList<KeptCase> page = [.. rows.Take(PageSize)];
        return new RetentionPageOf(page, rows.Count > PageSize ? Key(page[^1], ends) : null);
    }

    public Task<KeptCase?> FindAsync(string caseId, CancellationToken cancellation)
    {
        const string sql = $"SELECT {KeptCase.Columns} FROM retention r WHERE r.case_id = @Case";
        return database.ReadAsync(c => c.OneAsync<KeptCase>(sql, new { Case = caseId }, cancellation), cancellation);
    }

    /// <summary>Extensions that wait for a decision, the oldest first.</summary>
    public Task<IReadOnlyList<Extension>> AskedAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT id, case_id, until, state, asked_at, asked_by FROM retention_extension
            WHERE state = 'asked' ORDER BY asked_at, id LIMIT 100
            """;
        return database.ReadAsync(c => c.ListAsync<Extension>(sql, null, cancellation), cancellation);
    }

    private DateTimeOffset Until(string show) =>
        show switch
        {
            RetentionFilter.Soon => clock.GetUtcNow() + KeptCase.Warning,
            RetentionFilter.Due => clock.GetUtcNow(),
            _ => PageKey.Newest.At,
        };

    private static PageKey Key(KeptCase row, bool ends) => new((ends ? row.EraseAt : row.ReviewAt)!.Value, row.CaseId); // Listed by it.
}

/// <param name="Show">`due` for review, `soon` to be erased, `held`, `erased`.</param>
internal sealed record RetentionFilter(string Show, string? Partner, string? Category)
{
    public const string Due = "due";
    public const string Soon = "soon";
    public const string Held = "held";
    public const string Erased = "erased";

    public static readonly IReadOnlyList<string> Shows = [Due, Soon, Held, Erased];
}

internal sealed record RetentionPageOf(IReadOnlyList<KeptCase> Cases, PageKey? Next);
