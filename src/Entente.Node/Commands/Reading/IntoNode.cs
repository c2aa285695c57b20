using Entente.Node.Features.Accounts;
using Entente.Node.Features.Readings;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Commands.Reading;

/// <summary>`entente read --dir NODE`: the texts become readings of a node, and with --accept encounters in its record.</summary>
internal static class IntoNode
{
    public static async Task<int> RunAsync(
        NodeHome home,
        IEnumerable<TextFile> texts,
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
        var failed = false;
        foreach (var file in texts)
        {
            var line = file.Text is { } text
                ? await TakeAsync(services, file.Name, text, accept, cancellation)
                : file.Problem;
            failed |= file.Text is null;
            var to = file.Text is null ? Console.Error : Console.Out;
            await to.WriteLineAsync($"{file.Name}: {line}");
        }

        return failed ? ExitCode.NotAllHeld : 0;
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
