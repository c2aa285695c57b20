namespace Entente.Node.Features.Protection;

/// <summary>Looks every second whether an answer's moment has come, and what was kept is to be shown as delivered.</summary>
internal sealed class ReleaseService(
    AnswerRelease release,
    KeptDelivery kept,
    KeptBell bell,
    TimeProvider clock,
    ILogger<ReleaseService> log
) : BackgroundService
{
    private static readonly TimeSpan LookAround = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await bell.WaitAsync(LookAround, stoppingToken);
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.ReleaseStopping(log);
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            await kept.LookAsync(cancellation);
            await release.ReleaseAsync(clock.GetUtcNow(), cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // The edge: the database may be away for a moment.
            Log.ReleaseFailed(log, e);
        }
    }
}
