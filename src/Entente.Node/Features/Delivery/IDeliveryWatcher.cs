using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>Told of every receipt for messages of ours, inside the transaction that keeps the receipt.</summary>
internal interface IDeliveryWatcher
{
    /// <param name="messages">All the messages of one envelope.</param>
    Task DeliveredAsync(
        Transaction transaction,
        IReadOnlyList<DeliveredMessage> messages,
        CancellationToken cancellation
    );
}

/// <param name="At">The receipt's time, or the rejection's.</param>
/// <param name="RejectedReason">Null when the partner took the message.</param>
internal sealed record DeliveredMessage(string Id, DateTimeOffset At, string? RejectedReason);
