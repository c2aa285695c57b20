using System.Security.Cryptography;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Protection;

/// <summary>
/// Shows what was kept as delivered when it would have been: at once where the link is well, and when the partner is heard
/// again where it is not. Everything that follows a receipt follows it.
/// </summary>
internal sealed class KeptDelivery(Database database, IEnumerable<IDeliveryWatcher> watchers, TimeProvider clock)
{
    /// <summary>What took longer waited for the link.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(1);

    /// <returns>How many are shown as delivered now.</returns>
    public async Task<int> LookAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT d.message, d.partner, d.at, h.contact_at
            FROM kept_draft d LEFT JOIN link_health h ON h.partner = d.partner
            WHERE d.delivered IS NULL AND (COALESCE(h.failures, 0) = 0 OR h.contact_at > d.at)
            ORDER BY d.at, d.message LIMIT 200
            """;
        var due = await database.ReadAsync(c => c.ListAsync<Due>(sql, null, cancellation), cancellation);
        foreach (var one in due)
        {
            await database.WriteAsync(t => DeliverAsync(t, one, cancellation), cancellation);
        }

        return due.Count;
    }

    /// <summary>Another instance may have been quicker.</summary>
    private async Task<bool> DeliverAsync(Transaction t, Due due, CancellationToken cancellation)
    {
        const string sql = "UPDATE kept_draft SET delivered = @At WHERE message = @Id AND delivered IS NULL";
        const string contact = """
            INSERT INTO link_health (partner, contact_at, skew_ms, failures) VALUES (@Partner, @At, 0, 0)
            ON CONFLICT (partner) DO UPDATE
            SET contact_at = excluded.contact_at, skew_ms = COALESCE(link_health.skew_ms, 0)
            WHERE link_health.failures = 0 AND COALESCE(link_health.contact_at, 0) < excluded.contact_at
            """;
        var at = WireTime.Round(await MomentAsync(t, due, cancellation));
        var id = due.Message;
        if (await t.RunAsync(sql, new { Id = id, At = at }, cancellation) == 0)
        {
            return false;
        }

        foreach (var watcher in watchers)
        {
            await watcher.DeliveredAsync(t, [new DeliveredMessage(id, at, RejectedReason: null)], cancellation);
        }

        await RequestRows.AnswerTakenAsync(t, id, at, cancellation);
        await t.RunAsync(contact, new { due.Partner, At = at }, cancellation);
        return true;
    }

    /// <summary>As long after it was written as one of the last that really went; or when the partner was heard again.</summary>
    private async Task<DateTimeOffset> MomentAsync(Transaction t, Due due, CancellationToken cancellation)
    {
        if (clock.GetUtcNow() - due.At > Usual)
        {
            return due.ContactAt is { } contact && contact > due.At ? contact : clock.GetUtcNow();
        }

        const string sql = """
            SELECT m.delivered - m.at FROM envelope v
            JOIN envelope_entry e ON e.partner = v.partner AND e.direction = v.direction AND e.seq = v.first
            JOIN message m ON m.id = e.id
            WHERE v.partner = @Partner AND v.direction = 'out' AND m.delivered - m.at BETWEEN @Least AND @Most
                AND NOT EXISTS (SELECT 1 FROM kept_draft d WHERE d.message = m.id)
            ORDER BY v.first DESC LIMIT 16
            """;
        var most = (long)Usual.TotalMilliseconds;
        var values = new
        {
            due.Partner,
            Least = -most, // The partner's clock may be behind ours.
            Most = most,
        };
        var took = await t.ListAsync<long>(sql, values, cancellation);
        return took.Count == 0
            ? due.At
            : due.At + TimeSpan.FromMilliseconds(took[RandomNumberGenerator.GetInt32(took.Count)]);
    }

    private sealed record Due
    {
        public required string Message { get; init; }
        public required string Partner { get; init; }
        public required DateTimeOffset At { get; init; }
        public DateTimeOffset? ContactAt { get; init; }
    }
}
