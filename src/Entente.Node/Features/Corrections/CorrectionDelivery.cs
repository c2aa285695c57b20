using Entente.Node.Features.Delivery;
using Entente.Node.Storage;

namespace Entente.Node.Features.Corrections;

/// <summary>Whether those whom we told have the notice.</summary>
internal sealed class CorrectionDelivery : IDeliveryWatcher
{
    public Task DeliveredAsync(
        Transaction transaction,
        IReadOnlyList<DeliveredMessage> messages,
        CancellationToken cancellation
    ) => CorrectionRows.DeliveredAsync(transaction, messages, cancellation);
}
