using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Recovery;

/// <summary>
/// Told of each message that this node sent, forgot and was given back, in the transaction that keeps it again: it makes
/// the projection that was made when the message was sent, where it is not there. Its counterpart for what was received is
/// <see cref="Delivery.IReception"/>. Every feature that keeps rows of messages it sends has one.
/// </summary>
internal interface IForgottenSending
{
    /// <param name="at">The receipt's time.</param>
    Task SentAsync(Transaction transaction, Message message, DateTimeOffset at, CancellationToken cancellation);
}
