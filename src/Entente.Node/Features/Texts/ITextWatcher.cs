using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Storage;

namespace Entente.Node.Features.Texts;

/// <summary>Told whenever a text was looked at anew, inside the transaction that keeps what follows from it.</summary>
internal interface ITextWatcher
{
    /// <param name="row">As it is now.</param>
    /// <param name="inForce">The text exactly as signed; null while it is not in force.</param>
    Task ChangedAsync(Transaction t, TextRow row, TextState sent, TextState? inForce, CancellationToken cancellation);
}
