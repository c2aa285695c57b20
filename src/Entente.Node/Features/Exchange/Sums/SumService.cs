namespace Entente.Node.Features.Exchange.Sums;

/// <summary>Adds up every minute what has changed since the last, leaving most of the time to the exchange.</summary>
internal sealed class SumService(SumKeeper keeper, TimeProvider clock, ILogger<SumService> log) : BackgroundService
{
    private const int Rest = 3;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                // What a start has to do goes first.
                await Task.Delay(Between, clock, stoppingToken);
                await RoundAsync(stoppingToken);
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
            await keeper.KeepAsync(Rest, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // The edge: the database may be away; the next round does it, and figures are right meanwhile.
            Log.SumsFailed(log, e);
        }
    }
}
