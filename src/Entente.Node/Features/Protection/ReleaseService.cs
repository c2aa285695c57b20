namespace Entente.Node.Features.Protection;

/// <summary>Looks every few seconds whether an answer's moment has come.</summary>
internal sealed class ReleaseService(AnswerRelease release, TimeProvider clock, ILogger<ReleaseService> log)
    : BackgroundService
{
    private static readonly TimeSpan LookAround = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookAround, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
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
            await release.ReleaseAsync(clock.GetUtcNow(), cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // The edge: the database may be away for a moment.
            Log.ReleaseFailed(log, e);
        }
    }
}
