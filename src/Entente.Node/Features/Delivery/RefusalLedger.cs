using System.Collections.Concurrent;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Accounts for envelopes that were refused whole. The same bytes sent again and again leave one leaf, and others no more
/// than a day has, so that a partner in trouble does not fill the ledger.
/// </summary>
internal sealed class RefusalLedger(Database database, LedgerLog ledger, RefusalDays days)
{
    private readonly ConcurrentDictionary<string, Hash> _last = new(StringComparer.Ordinal);

    public async Task WriteAsync(string partner, Hash envelope, Refusal refusal, CancellationToken cancellation)
    {
        if (_last.TryGetValue(partner, out var last) && last == envelope)
        {
            return;
        }

        var refused = new LedgerEvent(
            partner,
            LedgerAction.Receive,
            $"envelope:{envelope}",
            $"refused:{refusal.Code}",
            envelope.ToString(),
            partner
        );
        await database.WriteAsync(
            async t =>
            {
                if (await days.CountAsync(t, partner, 1, cancellation) > 0)
                {
                    await ledger.AppendAsync(t, refused, cancellation);
                }
            },
            cancellation
        );
        _last[partner] = envelope;
    }
}
