using Entente.Node.Features.Accounts;
using Entente.Node.Hosting;
using Entente.Reading;

namespace Entente.Node.Features.Readings;

/// <summary>
/// Reads what comes into the folders of <see cref="NodeOptions.ReadingFolders"/>. It looks every half minute instead of
/// waiting to be told: shared folders tell nobody.
/// </summary>
internal sealed class FolderWatch(
    NodeOptions options,
    ReadingDesk desk,
    WatchedFiles files,
    TimeProvider clock,
    ILogger<FolderWatch> log
) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);

    /// <summary>A file that changed within this time may still be being written.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.ReadingFolders.Count > 0 && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var folder in options.ReadingFolders)
                {
                    await LookAsync(folder, stoppingToken);
                }

                await Task.Delay(Between, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The edge: a database that is away comes back.
                Log.WatchFailed(log, e);
                await Task.Delay(Between, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Reads the files that were not looked at as they are now.</summary>
    internal async Task<int> LookAsync(string folder, CancellationToken cancellation)
    {
        var taken = 0;
        try
        {
            foreach (var path in ReadableFiles.In(folder))
            {
                var file = new FileInfo(path);
                var settled = clock.GetUtcNow() - file.LastWriteTimeUtc > Settled;
                if (settled && !await files.KnowsAsync(file, cancellation))
                {
                    await files.KeepAsync(file, await ReceiveAsync(file, cancellation), cancellation);
                    taken++;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder or a file is away or locked: the next look sees it again.
            Log.FolderUnreadable(log, folder, e.Message);
        }

        return taken;
    }

    private async Task<Reception> ReceiveAsync(FileInfo file, CancellationToken cancellation) =>
        file.Length > TextDecoding.MaximumBytes
            ? new Reception(file.Name, null, ReceptionState.Refused, ReadingRefusal.TooLarge)
            : await desk.ReceiveAsync(
                file.Name,
                await File.ReadAllBytesAsync(file.FullName, cancellation),
                Officer.NodeActor,
                cancellation
            );
}
