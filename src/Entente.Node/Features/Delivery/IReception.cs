using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Asked about the messages of every envelope received, inside the receiver's transaction: it makes its projections of
/// them, or says why this node does not take one.
/// </summary>
internal interface IReception
{
    /// <param name="messages">Those of one envelope, in order, that nobody refused so far.</param>
    Task AcceptAsync(
        Transaction transaction,
        IReadOnlyList<IncomingMessage> messages,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    );

    /// <summary>Told of those that nobody refused, once they have their leaves in the ledger, for projections that name them.</summary>
    Task KeptAsync(
        Transaction transaction,
        IReadOnlyList<KeptMessage> messages,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    ) => Task.CompletedTask;
}

/// <param name="Leaf">Index of its `receive` leaf in the ledger.</param>
internal readonly record struct KeptMessage(Message Message, long Leaf);

/// <summary>A message that may still be refused.</summary>
internal sealed class IncomingMessage(Message message, bool again = false)
{
    public Message Message => message;

    /// <summary>
    /// Taken and receipted before this node was restored to an older state, and given back by the partner: the projections
    /// are made again, but it is not judged again, and nothing is said that was said then.
    /// </summary>
    public bool Again => again;

    /// <summary>The wire's reason, most often `policy`; null when nothing speaks against it.</summary>
    public string? Refusal { get; set; }
}
