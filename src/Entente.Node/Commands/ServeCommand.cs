using System.CommandLine;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Microsoft.AspNetCore.Connections;

namespace Entente.Node.Commands;

/// <summary>`entente serve`: runs the node until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var dir = new Option<string>("--dir") { Description = "The node's folder.", Required = true };
        var untilInputEnds = new Option<bool>("--until-input-ends")
        {
            Description =
                "Stop when standard input closes: for programs that start nodes and must not leave them behind.",
        };
        var command = new Command("serve", "Run the node.") { dir, untilInputEnds };
        command.SetAction(
            (parsed, cancellation) =>
                RunAsync(new NodeHome(parsed.GetRequiredValue(dir)), parsed.GetValue(untilInputEnds), cancellation)
        );
        return command;
    }

    private static async Task<int> RunAsync(NodeHome home, bool untilInputEnds, CancellationToken cancellation)
    {
        if (!home.Exists)
        {
            var create = home.IsClosed
                ? ""
                : $" Create one: entente init --dir {home.Folder} --node ma.interieur --name '…'";
            await Console.Error.WriteLineAsync(home.WhyNotThere + create);
            return ExitCode.NoNode;
        }

        if (Addresses.Fault(home.Load()) is { } fault)
        {
            await Console.Error.WriteLineAsync($"{home.SettingsFile}: {fault}");
            return ExitCode.NotAllHeld;
        }

        await using var app = NodeHost.Build(home);
        await app.Services.GetRequiredService<Migrator>().ApplyAsync(cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (untilInputEnds)
        {
            // A thread of its own: reading a pipe cannot be cancelled on every system.
            new Thread(() => WaitForEndOfInput(stop)) { IsBackground = true, Name = "standard input" }.Start();
        }

        try
        {
            await app.RunAsync(stop.Token);
            return 0;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{e.Message} Is this node running already?");
            return ExitCode.NotAllHeld;
        }
    }

    private static void WaitForEndOfInput(CancellationTokenSource stop)
    {
        using var input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[256];
        while (input.Read(ignored) > 0) { }

        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The node had already stopped by itself.
        }
    }
}
