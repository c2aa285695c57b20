using Entente.Node.Features.Delivery;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Protection;

/// <summary>
/// Reads on in the ledger for those who keep something of each message that came or left, as the officers see it: a few
/// messages are open at a time, however far behind one is.
/// </summary>
internal sealed class FollowedMessages(LedgerFollower ledger, SeenMessages messages)
{
    private const int Few = 200;

    /// <param name="setting">Remembers how far.</param>
    /// <param name="take">What is kept of a message; null is nothing. It is given null where the content is erased.</param>
    /// <param name="keep">Keeps it, with the leaves it is from.</param>
    public Task FollowAsync<T>(
        string setting,
        Func<FollowedLeaf, OpenedMessage?, Task<T?>> take,
        Func<Transaction, IReadOnlyList<T>, IReadOnlyList<FollowedLeaf>, Task> keep,
        CancellationToken cancellation
    )
        where T : class =>
        ledger.FollowAsync(
            setting,
            async (leaves, c) =>
            {
                var taken = await TakeAsync(leaves, take, c);
                return t => keep(t, taken, leaves);
            },
            cancellation
        );

    private async Task<IReadOnlyList<T>> TakeAsync<T>(
        IReadOnlyList<FollowedLeaf> leaves,
        Func<FollowedLeaf, OpenedMessage?, Task<T?>> take,
        CancellationToken cancellation
    )
        where T : class
    {
        var taken = new List<T>();
        foreach (var few in leaves.Where(leaf => leaf.Message is not null).Chunk(Few))
        {
            var opened = await messages.OpenAsync([.. few.Select(leaf => leaf.Message!).Distinct()], cancellation); // Filtered.
            foreach (var leaf in few)
            {
                if (await take(leaf, opened.GetValueOrDefault(leaf.Message!)) is { } one)
                {
                    taken.Add(one);
                }
            }
        }

        return taken;
    }
}
