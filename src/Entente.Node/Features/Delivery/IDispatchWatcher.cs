using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>Told of the messages that leave, inside the transaction in which they are put into the outbox.</summary>
internal interface IDispatchWatcher
{
    Task DispatchedAsync(Transaction transaction, IReadOnlyList<Message> messages, CancellationToken cancellation);
}
