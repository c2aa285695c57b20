using System.Globalization;
using Entente.Node.Features.Readings;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Commands.Reading;

/// <summary>
/// `entente read --export-corrections FOLDER --dir NODE`: what officers accepted, with their corrections, as labelled texts:
/// `0001.txt` and `0001.json`, in the order in which they were read. `entente read FOLDER --score` measures the reader on them.
/// </summary>
internal static class CorrectionExport
{
    public static async Task<int> RunAsync(NodeHome home, string into, CancellationToken cancellation)
    {
        if (!home.Exists)
        {
            await Console.Error.WriteLineAsync($"{home.Folder}: holds no node");
            return ExitCode.NoNode;
        }

        Directory.CreateDirectory(into);
        await using var services = IntoNode.Services(home);
        await services.GetRequiredService<Migrator>().ApplyAsync(cancellation);
        var store = services.GetRequiredService<ReadingStore>();
        var (count, corrected) = (0, 0);
        await foreach (var reading in store.AcceptedAsync(cancellation))
        {
            var name = (++count).ToString("0000", CultureInfo.InvariantCulture);
            await File.WriteAllTextAsync(Path.Combine(into, $"{name}.txt"), reading.Text, cancellation);
            var label = DraftLabel.Write(reading.Draft);
            await File.WriteAllTextAsync(Path.Combine(into, $"{name}.json"), label, cancellation);
            corrected += reading.Draft.Values.Any(v => v.Origin != ValueOrigin.Read || v.Rejected) ? 1 : 0;
        }

        await Console.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count} labelled texts in {into}, {corrected} of them corrected by an officer."
            )
        );
        return 0;
    }
}
