using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Storage;

namespace Entente.Node.Features.Protection;

/// <summary>
/// Shows what was kept as delivered when it would have been: at once where the link is well, and when the partner is heard
/// again where it is not. Everything that follows a receipt follows it.
/// </summary>
internal sealed class KeptDelivery(Database database, IEnumerable<IDeliveryWatcher> watchers, TimeProvider clock)
{
    /// <returns>How many are shown as delivered now.</returns>
    public async Task<int> LookAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT d.message FROM kept_draft d LEFT JOIN link_health h ON h.partner = d.partner
            WHERE d.delivered IS NULL AND (COALESCE(h.failures, 0) = 0 OR h.contact_at > d.at)
            ORDER BY d.at, d.message LIMIT 200
            """;
        var ids = await database.ReadAsync(c => c.ListAsync<string>(sql, null, cancellation), cancellation);
        foreach (var id in ids)
        {
            await database.WriteAsync(t => DeliverAsync(t, id, cancellation), cancellation);
        }

        return ids.Count;
    }

    /// <summary>Another instance may have been quicker.</summary>
    private async Task<bool> DeliverAsync(Transaction t, string id, CancellationToken cancellation)
    {
        const string sql = "UPDATE kept_draft SET delivered = @At WHERE message = @Id AND delivered IS NULL";
        var at = Entente.Protocol.WireTime.Round(clock.GetUtcNow());
        if (await t.RunAsync(sql, new { Id = id, At = at }, cancellation) == 0)
        {
            return false;
        }

        foreach (var watcher in watchers)
        {
            await watcher.DeliveredAsync(t, [new DeliveredMessage(id, at, RejectedReason: null)], cancellation);
        }

        await RequestRows.AnswerTakenAsync(t, id, at, cancellation);
        return true;
    }
}
