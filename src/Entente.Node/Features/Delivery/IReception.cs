using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Asked about every message received, inside the receiver's transaction: it makes its projection of the message, or
/// says why this node does not take it.
/// </summary>
internal interface IReception
{
    /// <returns>Null to take the message; otherwise the wire's reason, most often `policy`.</returns>
    Task<string?> AcceptAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    );
}
