using Entente.Node.Features.Exchange;
using Entente.Node.Storage;

namespace Entente.Node.Features.Retention;

/// <summary>Looks again at cases that seemed open when their review came: a request may have been closed without a message.</summary>
internal sealed class OpenCases(Database database, TimeProvider clock)
{
    private const int Few = 100;

    public async Task LookAsync(CancellationToken cancellation)
    {
        var after = new Seen { ReviewAt = DateTimeOffset.UnixEpoch, CaseId = "" };
        while (await PageAsync(after, cancellation) is { Count: > 0 } page)
        {
            await database.WriteBehindAsync(
                t => CloseAsync(t, [.. page.Select(seen => seen.CaseId)], cancellation),
                cancellation
            );
            after = page[^1];
        }
    }

    private Task<IReadOnlyList<Seen>> PageAsync(Seen after, CancellationToken cancellation)
    {
        const string sql = """
            SELECT review_at, case_id FROM retention
            WHERE state = 'held' AND ended_at IS NULL AND review_at <= @Now AND (review_at, case_id) > (@ReviewAt, @CaseId)
            ORDER BY review_at, case_id LIMIT @Few
            """;
        var values = new
        {
            Now = clock.GetUtcNow(),
            after.ReviewAt,
            after.CaseId,
            Few,
        };
        return database.ReadAsync(c => c.ListAsync<Seen>(sql, values, cancellation), cancellation);
    }

    private static async Task<bool> CloseAsync(
        Transaction transaction,
        IReadOnlyList<string> cases,
        CancellationToken cancellation
    )
    {
        var open = await CaseEnds.OpenAsync(transaction, cases, cancellation);
        var rows = await KeptRows.FindAsync(transaction, cases, cancellation);
        foreach (var row in rows.Values.Where(row => !open.Contains(row.CaseId)))
        {
            await KeptRows.SaveAsync(transaction, row with { EndedAt = row.LastAt }, cancellation);
        }

        return true;
    }

    private sealed class Seen
    {
        public required DateTimeOffset ReviewAt { get; init; }
        public required string CaseId { get; init; }
    }
}
