using Entente.Node.Features.Delivery;
using Entente.Node.Features.Retention.Registers;

namespace Entente.Node.Features.Retention;

/// <summary>Every ten minutes: reads on in the ledger, and erases what has come to the end of its period.</summary>
internal sealed class RetentionSweep(
    MessageFollower follower,
    OpenCases open,
    CaseErasure erasure,
    RegisterDesk registers,
    TimeProvider clock,
    ILogger<RetentionSweep> log
) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(20);

    /// <summary>One round.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        await follower.FollowAtLeisureAsync(cancellation);
        await open.LookAsync(cancellation);
        await registers.SweepAsync(cancellation);
        return await erasure.EraseAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // What a start has to do goes first.
            await Task.Delay(First, clock, stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                await RoundAsync(stoppingToken);
                await Task.Delay(Between, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task RoundAsync(CancellationToken cancellation)
    {
        try
        {
            Log.Swept(log, await SweepAsync(cancellation));
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // The edge: the database may be away; the next round does it.
            Log.Failed(log, e);
        }
    }
}
