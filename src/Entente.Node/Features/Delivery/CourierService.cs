using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Entente.Node.Features.Links;
using Entente.Node.Features.Recovery;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Keeps one courier running for every active link that is this instance's to serve, as links come, stop and go on.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "A semaphore whose wait handle is never asked for holds nothing to free."
)]
internal sealed class CourierService(
    LinkDirectory directory,
    PartnerRecovery recovery,
    CourierLoop loop,
    LinkShare share,
    ILogger<CourierService> log
) : BackgroundService
{
    private static readonly TimeSpan LookAround = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, Running> _couriers = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _changed = new(0, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        directory.Changed += Ring;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await LookAsync(stoppingToken);
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
            await Task.WhenAll(_couriers.Values.Select(courier => courier.Task));
        }
    }

    /// <summary>The other instances take over at once, not when the leases end.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await share.LeaveAsync(cancellationToken);
        }
        catch (DbException e)
        {
            Log.CouriersFailed(log, e);
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            var partners = await directory.ListPartnersAsync(cancellation);
            var active = partners.Where(p => p.Link.State == LinkState.Active).Select(p => p.Partner).ToHashSet();
            var mine = await share.TakeAsync(active, cancellation);
            foreach (var (partner, courier) in _couriers.Where(c => !mine.Contains(c.Key)).ToList())
            {
                await courier.Stop.CancelAsync();
                _couriers.Remove(partner);
            }

            foreach (var partner in mine.Where(p => !_couriers.TryGetValue(p, out var c) || c.Task.IsCompleted))
            {
                var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                _couriers[partner] = new Running(RunAsync(partner, stop.Token), stop);
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

    private sealed record Running(Task Task, CancellationTokenSource Stop);
}
