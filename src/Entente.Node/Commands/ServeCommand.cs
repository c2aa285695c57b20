using System.CommandLine;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Commands;

/// <summary>`entente serve`: runs the node until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var dir = new Option<string>("--dir") { Description = "The node's folder.", Required = true };
        var command = new Command("serve", "Run the node.") { dir };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var app = NodeHost.Build(new NodeHome(parsed.GetRequiredValue(dir)));
                await app.Services.GetRequiredService<Migrator>().ApplyAsync(cancellation);
                await app.RunAsync(cancellation);
                return 0;
            }
        );
        return command;
    }
}
