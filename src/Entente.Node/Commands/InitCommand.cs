using System.CommandLine;
using Entente.Node.Hosting;
using Entente.Protocol;

namespace Entente.Node.Commands;

/// <summary>`entente init`: makes a node's folder, keys and database.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var dir = new Option<string>("--dir") { Description = "The node's folder.", Required = true };
        var node = new Option<string>("--node") { Description = "The node id, such as ma.interieur.", Required = true };
        var name = new Option<string>("--name") { Description = "The authority's name.", Required = true };
        var pages = new Option<string>("--pages")
        {
            Description = "Where officers' browsers connect.",
            DefaultValueFactory = _ => "http://localhost:8080",
        };
        var link = new Option<string>("--link")
        {
            Description = "Where partners' nodes connect.",
            DefaultValueFactory = _ => "https://localhost:8443",
        };
        var database = new Option<string?>("--database")
        {
            Description = "PostgreSQL connection string; without it, the embedded database.",
        };
        var command = new Command("init", "Create a node: its folder, keys and database.")
        {
            dir,
            node,
            name,
            pages,
            link,
            database,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var id = parsed.GetRequiredValue(node);
                if (!NodeId.TryParse(id, out var known))
                {
                    return await RefuseAsync(
                        $"'{id}' is no node id: a country's two letters, a dot and a name, such as ma.interieur."
                    );
                }

                var home = new NodeHome(parsed.GetRequiredValue(dir));
                if (home.Exists)
                {
                    return await RefuseAsync(
                        $"{home.Folder} already holds a node. Serve it: entente serve --dir {home.Folder}"
                    );
                }

                var options = new NodeOptions
                {
                    Node = id,
                    Country = known.Country.ToUpperInvariant(),
                    Names = new Dictionary<string, string> { ["fr"] = parsed.GetRequiredValue(name) },
                    Pages = parsed.GetRequiredValue(pages),
                    Link = parsed.GetRequiredValue(link),
                    Database = parsed.GetValue(database),
                };
                if (Addresses.Fault(options) is { } fault)
                {
                    return await RefuseAsync(fault);
                }

                if (options.Database is { } connection && Connections.Fault(connection) is { } wrong)
                {
                    return await RefuseAsync(wrong);
                }

                await NodeSetup.CreateAsync(home, options, TimeProvider.System, cancellation);
                Console.WriteLine(
                    $"{id} is in {home.Folder}; keep {home.MasterKeyFile} safe: without it nothing there can be read."
                );
                Console.WriteLine(
                    $"Next: entente account add --dir {home.Folder} --login … --name … --unit … --role security"
                );
                return 0;
            }
        );
        return command;
    }

    private static async Task<int> RefuseAsync(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return ExitCode.NotAllHeld;
    }
}
