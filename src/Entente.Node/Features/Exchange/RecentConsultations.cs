using System.Collections.Concurrent;
using Entente.Node.Features.Accounts;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// An open page asks again by itself, every minute and on every change. Reading on is one consultation: a leaf is written
/// when an officer opens a case, and again after a quarter of an hour. After a restart everything is new.
/// </summary>
internal sealed class RecentConsultations(Database database, LedgerLog ledger, TimeProvider clock)
{
    private static readonly TimeSpan Sitting = TimeSpan.FromMinutes(15);
    private const int Most = 20_000;
    private readonly ConcurrentDictionary<(string Officer, string Case), DateTimeOffset> _begun = new();

    /// <summary>Whoever shows something of a case to an officer says so here first.</summary>
    /// <param name="why">`casework`, or `supervision` where it is another unit's.</param>
    public async Task NoteAsync(
        Officer officer,
        string caseId,
        string partner,
        string why,
        CancellationToken cancellation
    )
    {
        var (what, now) = ((officer.Id, caseId), clock.GetUtcNow());
        if (_begun.TryGetValue(what, out var begun) && now - begun < Sitting)
        {
            return;
        }

        var consult = new LedgerEvent(officer.Login, LedgerAction.Consult, $"case:{caseId}", why, Link: partner);
        await database.WriteAsync(t => ledger.AppendAsync(t, consult, cancellation), cancellation);
        if (_begun.Count >= Most)
        {
            _begun.Clear();
        }

        // Only now: whoever hangs up before the leaf is there has not begun anything, and begins when it asks again.
        _begun[what] = now;
    }
}
