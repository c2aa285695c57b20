using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>Keeps something in step with the messages that came and left and the notes that were written, a little behind.</summary>
internal interface IMessageFollowing
{
    /// <summary>Reads what it needs outside a transaction, and returns what is to be done inside one.</summary>
    /// <param name="leaves">In the ledger's order.</param>
    /// <param name="messages">Those that the leaves name, by id.</param>
    Task<Func<Transaction, Task>> PrepareAsync(
        IReadOnlyList<FollowedLeaf> leaves,
        IReadOnlyDictionary<string, FollowedMessage> messages,
        CancellationToken cancellation
    );
}

/// <param name="Opened">Null where the content is erased.</param>
internal sealed record FollowedMessage(StoredMessage Stored, OpenedMessage? Opened);
