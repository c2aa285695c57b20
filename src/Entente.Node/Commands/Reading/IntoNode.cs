using Entente.Node.Features.Accounts;
using Entente.Node.Features.Readings;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Spectre.Console;

namespace Entente.Node.Commands.Reading;

/// <summary>`entente read --dir NODE`: the texts become readings of a node, and with --accept encounters in its record.</summary>
internal static class IntoNode
{
    /// <summary>Below this many, each is told about in a line of its own and no bar is needed.</summary>
    private const int Many = 20;

    public static async Task<int> RunAsync(
        NodeHome home,
        IReadOnlyList<string> files,
        bool accept,
        CancellationToken cancellation
    )
    {
        if (!home.Exists)
        {
            await Console.Error.WriteLineAsync($"{home.Folder}: holds no node");
            return ExitCode.NoNode;
        }

        await using var services = Services(home);
        await services.GetRequiredService<Migrator>().ApplyAsync(cancellation);
        var outcome = new BulkOutcome(
            files.Count,
            bar: files.Count > Many && AnsiConsole.Profile.Capabilities.Interactive
        );
        await outcome.WatchAsync(() =>
            Parallel.ForEachAsync(
                files,
                new ParallelOptions
                {
                    // Writes share a commit, so more texts at once than cores; the record takes one encounter at a time.
                    MaxDegreeOfParallelism = accept ? 1 : Environment.ProcessorCount * 4,
                    CancellationToken = cancellation,
                },
                async (name, token) =>
                {
                    var file = TextFiles.Load(name);
                    var line = file.Text is { } text
                        ? await TakeAsync(services, file.Name, text, accept, token)
                        : file.Problem!; // One of the two is there.
                    outcome.Add(file, line);
                }
            )
        );
        outcome.Summarise();
        return outcome.Refused > 0 ? ExitCode.NotAllHeld : 0;
    }

    private static async Task<string> TakeAsync(
        ServiceProvider services,
        string name,
        string text,
        bool accept,
        CancellationToken cancellation
    )
    {
        var desk = services.GetRequiredService<ReadingDesk>();
        var received = await desk.ReceiveTextAsync(Path.GetFileName(name), text, Officer.NodeActor, cancellation);
        if (received.Reading is null || received.State == ReceptionState.NoEncounter)
        {
            return "tells of no encounter; kept as such";
        }

        if (!accept)
        {
            return received.State == ReceptionState.AlreadyRead ? "was read before" : "is a draft now";
        }

        var seen = new DraftSeen(received.Reading, null, Officer.NodeActor);
        var acceptance = services.GetRequiredService<ReadingAcceptance>();
        var accepted = await acceptance.AcceptAsync(seen, MeetingChoice.Likeliest, cancellation);
        return accepted.Refusal is { } refusal ? $"not accepted: {refusal.Code}" : "is on record";
    }

    internal static ServiceProvider Services(NodeHome home)
    {
        var options = home.Load();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(home);
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        NodeHost.AddNode(services, home, options);
        return services.BuildServiceProvider();
    }
}
