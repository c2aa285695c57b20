using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>Says which received messages are put to no new use, because whoever sent them took them back.</summary>
internal interface IWithdrawn
{
    Task<bool> IsWithdrawnAsync(string message, CancellationToken cancellation);

    /// <summary>
    /// The same, for whoever puts it to use in this transaction: one that takes it back meanwhile waits for this one and then
    /// finds what was made of it, or this one waits for that.
    /// </summary>
    Task<bool> IsWithdrawnAsync(Transaction transaction, string message, CancellationToken cancellation);
}
