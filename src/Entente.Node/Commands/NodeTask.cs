using System.CommandLine;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Commands;

/// <summary>A verb that works on a node's folder: opens it, brings its schema up to date, gives its services.</summary>
internal static class NodeTask
{
    public static Option<string> Dir() => new("--dir") { Description = "The node's folder.", Required = true };

    public static async Task<int> RunAsync(
        string dir,
        Func<IServiceProvider, CancellationToken, Task<int>> work,
        CancellationToken cancellation
    )
    {
        var home = new NodeHome(dir);
        if (!home.Exists)
        {
            await Console.Error.WriteLineAsync(home.WhyNotThere);
            return ExitCode.NoNode;
        }

        await using var services = NodeServices.Build(home, home.Load());
        await services.GetRequiredService<Migrator>().ApplyAsync(cancellation);
        return await work(services, cancellation);
    }
}
