namespace Entente.Node.Features.Delivery;

/// <summary>Once an hour, deletes chunks that no message has named in a month: as long as a carrier may take.</summary>
internal sealed class ChunkSweep(HeldChunks held, TimeProvider clock, ILogger<ChunkSweep> log) : BackgroundService
{
    public static readonly TimeSpan Kept = EnvelopeOpening.InFlight;

    private static readonly TimeSpan Between = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(Between, clock, stoppingToken);
                await SweepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        try
        {
            var swept = await held.SweepAsync(clock.GetUtcNow() - Kept, cancellation);
            Log.Swept(log, swept);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // The edge: in an hour it is tried again.
            Log.CouriersFailed(log, e);
        }
    }
}
