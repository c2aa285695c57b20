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
                taken += await FileAsync(new FileInfo(path), cancellation) ? 1 : 0;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder is away: the next look sees it again.
            Log.FolderUnreadable(log, folder, e.Message);
        }

        return taken;
    }

    /// <returns>False where there is nothing new to read, or not yet.</returns>
    private async Task<bool> FileAsync(FileInfo file, CancellationToken cancellation)
    {
        try
        {
            // Also one from a machine whose clock is ahead.
            var settled = (clock.GetUtcNow() - file.LastWriteTimeUtc).Duration() > Settled;
            if (!settled || await files.KnowsAsync(file, cancellation))
            {
                return false;
            }

            await files.KeepAsync(file, await ReceiveAsync(file, cancellation), cancellation);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Away, locked or another's: the next look sees it again, and those after it are read now.
            Log.FolderUnreadable(log, file.FullName, e.Message);
            return false;
        }
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
