using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>Hears which messages lose their content, in the transaction in which they do: what was made of it goes too.</summary>
internal interface IErasureWatcher
{
    Task ErasedAsync(Transaction transaction, IReadOnlyList<string> messageIds, CancellationToken cancellation);
}
