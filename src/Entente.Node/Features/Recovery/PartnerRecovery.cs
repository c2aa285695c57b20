using System.Collections.Concurrent;
using System.Data.Common;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Recovery;

/// <summary>Before anything is sent to a partner: what this node forgot is asked for by wire, until nothing is missing.</summary>
internal sealed class PartnerRecovery(
    Database database,
    LinkDirectory directory,
    RecoveryRound round,
    RecoveryClient client,
    LedgerHealth health,
    CourierSignals signals,
    TimeProvider clock,
    ILogger<PartnerRecovery> log
)
{
    private readonly ConcurrentDictionary<string, bool> _clear = new(StringComparer.Ordinal);

    /// <summary>Whether we have found, since this process began, that nothing stands against sending.</summary>
    public bool IsClear(string partner) => _clear.ContainsKey(partner);

    /// <summary>Returns when nothing stands against sending, or when the link is active no more.</summary>
    public async Task RunAsync(string partner, CancellationToken cancellation)
    {
        var signal = signals.For(partner);
        var failures = 0;
        while (await directory.FindPartnerAsync(partner, cancellation) is { Link.State: LinkState.Active } linked)
        {
            signal.ForgetRetry();
            if (await StepAsync(linked, cancellation) is not { } failure)
            {
                _clear[partner] = true;
                return;
            }

            failures++;
            await RecordAsync(partner, failure, failures, cancellation);
            await signal.RetryAsync(BackOff.After(failures), cancellation);
        }
    }

    /// <returns>Null when all is well; otherwise why it is to be tried again.</returns>
    private async Task<string?> StepAsync(LinkedPartner partner, CancellationToken cancellation)
    {
        try
        {
            return health.CanWrite ? await round.RunAsync(partner, client, cancellation) : "no-ledger";
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // The edge: nothing is lost by a step that failed; it is taken again.
            Log.Failed(log, e, partner.Partner);
            return "internal";
        }
    }

    private async Task RecordAsync(string partner, string failure, int failures, CancellationToken cancellation)
    {
        try
        {
            var now = clock.GetUtcNow();
            await database.WriteAsync(
                t => LinkHealthRows.FailureAsync(t, partner, now, failure, failures, cancellation),
                cancellation
            );
        }
        catch (DbException e)
        {
            // The database is what failed: there is nowhere to record it but the log.
            Log.Failed(log, e, partner);
        }
    }
}
