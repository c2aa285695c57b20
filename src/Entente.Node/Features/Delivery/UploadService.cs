using Entente.Node.Features.Links;

namespace Entente.Node.Features.Delivery;

/// <summary>Sends files to each partner beside its messages, for as long as any waits.</summary>
internal sealed class UploadService(
    UploadRows rows,
    LinkDirectory directory,
    AttachmentUpload upload,
    LinkShare share,
    CourierSignals signals,
    TimeProvider clock,
    ILogger<UploadService> log
) : BackgroundService
{
    // One cheap read; a file takes longer than this to be noticed.
    private static readonly TimeSpan LookAround = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, Task> _uploads = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await StartMissingAsync(stoppingToken);
                await Task.Delay(LookAround, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.CouriersStopping(log, _uploads.Count);
        }
        finally
        {
            await Task.WhenAll(_uploads.Values);
        }
    }

    private async Task StartMissingAsync(CancellationToken cancellation)
    {
        try
        {
            foreach (var partner in await rows.PartnersAsync(cancellation))
            {
                // Another instance of this node may serve the link.
                if (share.Serves(partner) && (!_uploads.TryGetValue(partner, out var running) || running.IsCompleted))
                {
                    _uploads[partner] = RunAsync(partner, cancellation);
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
        var failures = 0;
        try
        {
            while (
                share.Serves(partner)
                && await directory.FindPartnerAsync(partner, cancellation) is { Link.State: LinkState.Active } linked
            )
            {
                if (await upload.SliceAsync(linked, cancellation) is not { } step)
                {
                    return;
                }

                failures =
                    step.Failed is null ? 0
                    : step.Moved ? 1
                    : failures + 1;
                if (step.Failed is { } failed)
                {
                    Log.Unreachable(log, partner, failed.Failure, failures);
                    await signals.ForFiles(partner).RetryAsync(failed.After ?? BackOff.After(failures), cancellation);
                }
            }
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
}
