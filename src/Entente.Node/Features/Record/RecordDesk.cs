using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Record;

/// <summary>The one way to change the record: in a transaction, with its ledger leaves.</summary>
internal sealed class RecordDesk(Database database, LedgerLog ledger, Ids ids, TimeProvider clock)
{
    public Task<T> WriteAsync<T>(string actor, Func<Entry, Task<T>> work, CancellationToken cancellation) =>
        database.WriteAsync(t => WithinAsync(t, actor, work, cancellation), cancellation);

    /// <summary>The same inside a transaction that the caller has opened for changes of its own.</summary>
    public async Task<T> WithinAsync<T>(
        Transaction transaction,
        string actor,
        Func<Entry, Task<T>> work,
        CancellationToken cancellation
    )
    {
        var entry = new Entry(transaction, ids, actor, clock.GetUtcNow());
        var result = await work(entry);
        if (entry.Events.Count > 0)
        {
            await ledger.AppendAsync(transaction, entry.Events, cancellation);
        }

        return result;
    }
}
