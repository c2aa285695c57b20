using System.Diagnostics;
using Entente.Node.Features.Accounts;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Makes the contents of old messages unreadable, however many there are, beside a node at work: a few at a time, each few
/// in a short transaction of their own, resting as long as it worked. Their rows, hashes and ledger leaves stay, so that
/// chains and receipts hold. Stopped anywhere, it may be begun again.
/// </summary>
internal sealed class MessageErasure(
    Database database,
    LedgerLog ledger,
    IEnumerable<IErasureWatcher> watchers,
    TimeProvider clock
)
{
    /// <summary>Others wait for no longer than these take.</summary>
    public const int Few = 200;

    private const int Page = 2000;

    private readonly IErasureWatcher[] _watchers = [.. watchers];

    /// <param name="from">Messages whose id was made from this moment on.</param>
    /// <param name="before">And before this one.</param>
    /// <param name="why">The reason for the ledger, as a code: `retention`.</param>
    /// <param name="told">Hears how many are erased so far.</param>
    /// <returns>How many were erased.</returns>
    public async Task<long> EraseAsync(
        DateTimeOffset from,
        DateTimeOffset before,
        string why,
        Action<long> told,
        CancellationToken cancellation
    )
    {
        var (after, end, erased) = (Beginning(from), Beginning(before), 0L);
        while (await PageAsync(after, end, cancellation) is { Count: > 0 } page)
        {
            foreach (var few in page.Where(row => row.Held).Chunk(Few))
            {
                var began = Stopwatch.GetTimestamp();
                erased += await database.WriteAsync(
                    async t => (await EraseAsync(t, few, why, Officer.NodeActor, cancellation)).Count,
                    cancellation
                );
                told(erased);
                await Task.Delay(Stopwatch.GetElapsedTime(began), clock, cancellation);
            }

            after = page[^1].Id;
        }

        return erased;
    }

    /// <summary>Named messages, in the caller's transaction: what decides that they go is recorded with it.</summary>
    /// <param name="why">The reason for the ledger, as a code: `recall`.</param>
    /// <param name="actor">Who decided: a login, or `node`.</param>
    /// <returns>
    /// The ids of those erased now. What was erased before is not among them, nor what waits for a receipt: a resend is
    /// the same bytes.
    /// </returns>
    public async Task<IReadOnlyList<string>> EraseAsync(
        Transaction transaction,
        IReadOnlyList<string> messageIds,
        string why,
        string actor,
        CancellationToken cancellation
    )
    {
        const string select = """
            SELECT m.id, m.data_key, m.partner, m.state NOT IN ('queued', 'sealed') AS held FROM message m WHERE m.id 
            """;
        // What was kept and never left has no other row.
        const string orKept = """

            UNION ALL
            SELECT d.message, d.data_key, d.partner, d.delivered IS NOT NULL FROM kept_draft d
            WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.id = d.message)
                AND NOT EXISTS (SELECT 1 FROM waiting_answer w WHERE w.message = d.message) AND d.message 
            """;
        var (dialect, values) = (database.Dialect, new { Ids = database.Dialect.Many(messageIds) });
        var sql = select + dialect.AmongMany + orKept + dialect.AmongMany;
        var rows = await transaction.ListAsync<Row>(sql, values, cancellation);
        var erased = await EraseAsync(transaction, [.. rows.Where(row => row.Held)], why, actor, cancellation);
        return [.. erased.Select(row => row.Id)];
    }

    /// <summary>Read beside the writers. What waits for a receipt is passed over: a resend is the same bytes.</summary>
    private Task<IReadOnlyList<Row>> PageAsync(string after, string end, CancellationToken cancellation)
    {
        const string sql = """
            SELECT m.id, m.data_key, m.partner,
                k.id IS NOT NULL AND m.state NOT IN ('queued', 'sealed') AS held
            FROM message m LEFT JOIN data_key k ON k.id = m.data_key
            WHERE m.id > @After AND m.id < @End
            UNION ALL
            SELECT d.message, d.data_key, d.partner, k.id IS NOT NULL AND d.delivered IS NOT NULL
            FROM kept_draft d LEFT JOIN data_key k ON k.id = d.data_key
            WHERE d.message > @After AND d.message < @End
                AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = d.message)
                AND NOT EXISTS (SELECT 1 FROM waiting_answer w WHERE w.message = d.message)
            ORDER BY 1 LIMIT @Page
            """;
        var values = new
        {
            After = after,
            End = end,
            Page,
        };
        return database.ReadAsync(c => c.ListAsync<Row>(sql, values, cancellation), cancellation);
    }

    private async Task<IReadOnlyList<Row>> EraseAsync(
        Transaction transaction,
        IReadOnlyList<Row> few,
        string why,
        string actor,
        CancellationToken cancellation
    )
    {
        var keys = await ContentSeal.EraseAsync(
            transaction,
            database.Dialect,
            [.. few.Select(row => row.DataKey)],
            cancellation
        );
        // Another instance may have been here since they were read; each erasure is told once.
        var gone = keys.ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<Row> rows = [.. few.Where(row => gone.Contains(row.DataKey))];
        IReadOnlyList<string> ids = [.. rows.Select(row => row.Id)];
        foreach (var watcher in _watchers)
        {
            await watcher.ErasedAsync(transaction, ids, cancellation);
        }

        await ledger.AppendAsync(transaction, [.. rows.Select(row => Leaf(row, why, actor))], cancellation);
        return rows;
    }

    private static LedgerEvent Leaf(Row row, string why, string actor) =>
        new(actor, LedgerAction.Erase, $"message:{row.Id}", why, Link: row.Partner);

    /// <summary>The least id of a moment: a UUIDv7 begins with its milliseconds.</summary>
    private static string Beginning(DateTimeOffset moment)
    {
        var time = moment.ToUnixTimeMilliseconds().ToString("x12", System.Globalization.CultureInfo.InvariantCulture);
        return $"{time[..8]}-{time[8..]}-0000-0000-000000000000";
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string DataKey { get; init; }
        public required string Partner { get; init; }
        public required bool Held { get; init; }
    }
}
