using Entente.Node.Features.Links;
using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Steps along one link for as long as it is active: at once when there is work, backing off when the partner cannot take
/// it, never giving up.
/// </summary>
internal sealed class CourierLoop(
    Database database,
    LinkDirectory directory,
    LinkCourier courier,
    CourierSignals signals,
    TimeProvider clock,
    ILogger<CourierLoop> log
)
{
    // Other instances of this node may queue messages without our bell.
    private static readonly TimeSpan LookAround = TimeSpan.FromSeconds(5);

    // Shorter than this between attempts helps nobody, however loud the bell.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    public async Task RunAsync(string partner, CancellationToken cancellation)
    {
        var signal = signals.For(partner);
        var failures = 0;
        while (await directory.FindPartnerAsync(partner, cancellation) is { Link.State: LinkState.Active } linked)
        {
            signal.ForgetRetry();
            var step = await StepAsync(linked, cancellation);
            failures = step.Failure is null ? 0 : failures + 1;
            if (step.Failure is { } failure)
            {
                Log.Unreachable(log, partner, failure, failures);
                await RecordAsync(partner, failure, failures, cancellation);
                await Task.Delay(Shortest, clock, cancellation);
                await signal.RetryAsync(step.After ?? BackOff.After(failures), cancellation);
            }
            else if (step == CourierStep.Idle)
            {
                await signal.WorkAsync(LookAround, cancellation);
            }
        }
    }

    private async Task<CourierStep> StepAsync(LinkedPartner partner, CancellationToken cancellation)
    {
        try
        {
            return await courier.StepAsync(partner, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // The edge: nothing is lost by a step that failed; it is taken again.
            Log.CourierFailed(log, e, partner.Partner);
            return CourierStep.Failed("internal");
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
        catch (System.Data.Common.DbException e)
        {
            // The database is what failed: there is nowhere to record it but the log.
            Log.CourierFailed(log, e, partner);
        }
    }
}
