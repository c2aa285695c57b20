using Entente.Node.Storage;

namespace Entente.Node.Features.Corrections;

/// <summary>
/// A feature that makes something of messages (evidence, an export, a briefing, a case) says what it made of one, so that
/// somebody looks at it when the message is recalled. Register with `TryAddEnumerable`.
/// </summary>
internal interface IDerivations
{
    Task<IReadOnlyList<Derived>> OfAsync(Transaction transaction, string messageId, CancellationToken cancellation);
}

/// <param name="Kind">A label `corrections.trace.KIND`.</param>
/// <param name="Item">As in the ledger: `message:0192…`, `case:…`, `ledger:17`.</param>
internal sealed record Derived(string Kind, string Item, DateTimeOffset At);
