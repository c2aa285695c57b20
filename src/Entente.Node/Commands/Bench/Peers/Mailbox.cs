using System.Collections.Concurrent;

namespace Entente.Node.Commands.Bench.Peers;

/// <summary>Waits for mails by their Message-ID, as a program does that a mailbox belongs to.</summary>
internal sealed class Mailbox(string folder)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _expected = new(StringComparer.Ordinal);

    /// <returns>The file, once it is there.</returns>
    public Task<string> Expect(string id) => Wanted(id).Task;

    /// <summary>Looks until it is told to stop.</summary>
    public async Task WatchAsync(CancellationToken until)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!until.IsCancellationRequested)
        {
            foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Where(seen.Add) : [])
            {
                Wanted(IdOf(file)).TrySetResult(file);
            }

            await Task.Delay(2, until).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private TaskCompletionSource<string> Wanted(string id) =>
        _expected.GetOrAdd(
            id,
            _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously)
        );

    private static string IdOf(string file)
    {
        const string header = "Message-ID: ";
        return File.ReadLines(file).First(line => line.StartsWith(header, StringComparison.Ordinal))[header.Length..];
    }
}
