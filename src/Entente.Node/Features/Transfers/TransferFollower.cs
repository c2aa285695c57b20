using Entente.Node.Features.Delivery;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Transfers;

/// <summary>Makes the transfer file of every message that leaves, and counts what left and came, out of the ledger.</summary>
internal sealed class TransferFollower(TransferReading reading) : IMessageFollowing
{
    public async Task<Func<Transaction, Task>> PrepareAsync(
        IReadOnlyList<FollowedLeaf> leaves,
        IReadOnlyDictionary<string, FollowedMessage> messages,
        CancellationToken cancellation
    )
    {
        var (sent, came) = (new List<Transfer>(), new List<Transfer>());
        foreach (var leaf in leaves.Where(leaf => leaf.Message is not null && messages.ContainsKey(leaf.Message)))
        {
            if (await ReadAsync(leaf, messages[leaf.Message!], cancellation) is { } one) // Filtered.
            {
                (leaf.Action == "disclose" ? sent : came).Add(one);
            }
        }

        return async t =>
        {
            var filed = await TransferRows.InsertAsync(t, sent, cancellation);
            await TransferRows.CountAsync(t, "out", filed, cancellation);
            await TransferRows.CountAsync(t, "in", came, cancellation);
        };
    }

    /// <summary>Null for what is no message of the exchange: evidence, receipts, envelopes given back, and progress.</summary>
    private async Task<Transfer?> ReadAsync(
        FollowedLeaf leaf,
        FollowedMessage message,
        CancellationToken cancellation
    ) =>
        !IsLeaf(leaf, message.Stored) ? null
        : message.Opened is { } opened ? await reading.OfAsync(leaf, opened, cancellation)
        : TransferReading.Erased(leaf, message.Stored);

    private static bool IsLeaf(FollowedLeaf leaf, StoredMessage stored) =>
        stored.Kind != Entente.Protocol.Kinds.Progress
        && stored.Direction == (leaf.Action == "disclose" ? MessageDirection.Out : MessageDirection.In);
}
