using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Record;

/// <summary>One act of writing in the record: who, when, in which transaction, and the ledger leaves it will leave.</summary>
internal sealed class Entry(Transaction transaction, Ids ids, string actor, DateTimeOffset at)
{
    private readonly List<LedgerEvent> _events = [];

    public Transaction Transaction => transaction;

    public string Actor => actor;

    public DateTimeOffset At => at;

    public IReadOnlyList<LedgerEvent> Events => _events;

    public string NewId() => ids.New();

    public void Collected(string kind, string id, string why) => Note(LedgerAction.Collect, kind, id, why);

    public void Altered(string kind, string id, string why) => Note(LedgerAction.Alter, kind, id, why);

    public void Erased(string kind, string id, string why) => Note(LedgerAction.Erase, kind, id, why);

    // Completing a meeting touches it many times; the ledger wants to know it once.
    private void Note(LedgerAction action, string kind, string id, string why)
    {
        var one = new LedgerEvent(actor, action, $"{kind}:{id}", why);
        if (!_events.Contains(one))
        {
            _events.Add(one);
        }
    }
}
