using System.Diagnostics.CodeAnalysis;
using Entente.Node.Features.Links;
using Entente.Node.Features.Recovery;

namespace Entente.Node.Features.Delivery;

/// <summary>Keeps one courier running for every active link, as links come, stop and go on.</summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "A semaphore whose wait handle is never asked for holds nothing to free."
)]
internal sealed class CourierService(
    LinkDirectory directory,
    PartnerRecovery recovery,
    CourierLoop loop,
    ILogger<CourierService> log
) : BackgroundService
{
    private static readonly TimeSpan LookAround = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, Task> _couriers = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _changed = new(0, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        directory.Changed += Ring;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await StartMissingAsync(stoppingToken);
                await _changed.WaitAsync(LookAround, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.CouriersStopping(log, _couriers.Count);
        }
        finally
        {
            directory.Changed -= Ring;
            await Task.WhenAll(_couriers.Values);
        }
    }

    private async Task StartMissingAsync(CancellationToken cancellation)
    {
        try
        {
            foreach (var partner in await directory.ListPartnersAsync(cancellation))
            {
                var running = _couriers.TryGetValue(partner.Partner, out var courier) && !courier.IsCompleted;
                if (!running && partner.Link.State == LinkState.Active)
                {
                    _couriers[partner.Partner] = RunAsync(partner.Partner, cancellation);
                }
            }
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // The edge: the database may be away for a moment.
            Log.CouriersFailed(log, e);
        }
    }

    private async Task RunAsync(string partner, CancellationToken cancellation)
    {
        try
        {
            await recovery.RunAsync(partner, cancellation);
            await loop.RunAsync(partner, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Log.CourierStopped(log, partner);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // The edge: the next look around starts it again.
            Log.CourierFailed(log, e, partner);
        }
    }

    private void Ring()
    {
        lock (_changed)
        {
            if (_changed.CurrentCount == 0)
            {
                _changed.Release();
            }
        }
    }
}
