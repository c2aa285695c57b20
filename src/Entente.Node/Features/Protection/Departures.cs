using Entente.Node.Features.Delivery;
using Entente.Node.Guard;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Protection;

/// <summary>
/// Where a message that was judged leaves, or, where the guard holds it in silence, stays as if it had left: with its leaf,
/// which tells those who read the ledger no more than any other.
/// </summary>
internal sealed class Departures(Outbox outbox, KeptDrafts drafts)
{
    /// <returns>The index of its leaf.</returns>
    public async Task<long> LeaveAsync(
        Transaction t,
        Message message,
        int priority,
        string actor,
        Decision decision,
        CancellationToken cancellation
    )
    {
        return decision.Held is null
            ? await outbox.EnqueueAsync(t, message, priority, actor, cancellation)
            : await HoldAsync(t, message, priority, actor, cancellation);
    }

    /// <returns>The index of its leaf.</returns>
    public async Task<long> HoldAsync(
        Transaction t,
        Message message,
        int priority,
        string actor,
        CancellationToken cancellation
    )
    {
        var (final, leaf) = await outbox.PromiseAsync(t, message, actor, cancellation);
        await drafts.KeepAsync(t, final, priority, actor, leaf, held: true, cancellation);
        return leaf;
    }
}
