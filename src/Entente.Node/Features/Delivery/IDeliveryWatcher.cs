using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>Told of every receipt for a message of ours, inside the transaction that keeps the receipt.</summary>
internal interface IDeliveryWatcher
{
    /// <param name="at">The receipt's time, or the rejection's.</param>
    /// <param name="rejectedReason">Null when the partner took the message.</param>
    Task DeliveredAsync(
        Transaction transaction,
        string messageId,
        DateTimeOffset at,
        string? rejectedReason,
        CancellationToken cancellation
    );
}
