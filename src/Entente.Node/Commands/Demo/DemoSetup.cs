using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Commands.Demo;

/// <summary>
/// Makes the demo's four nodes: keys and databases, accounts, links with Morocco, and the communiqués in Morocco's record.
/// Nothing is served yet: these are the steps an authority takes before its node goes on line.
/// </summary>
internal sealed class DemoSetup(DemoFolder folder, TimeProvider clock, Action<string> tell)
{
    // The language each authority works in.
    private static readonly IReadOnlyDictionary<string, string> Languages = new Dictionary<string, string>
    {
        ["ma"] = "fr",
        ["es"] = "es",
        ["de"] = "de",
        ["fi"] = "fi",
    };

    public async Task<DemoState> RunAsync(Func<int> port, IReadOnlyList<string> samples, CancellationToken cancellation)
    {
        folder.StartOver();
        var nodes = DemoNode.All(port);
        var services = new List<ServiceProvider>();
        try
        {
            var accounts = new List<DemoAccount>();
            foreach (var node in nodes)
            {
                tell($"{node.Id}: keys, database, accounts");
                services.Add(await CreateAsync(node, cancellation));
                accounts.AddRange(
                    await DemoPeople.OpenAsync(services[^1], node, Languages[node.Id[..2]], cancellation)
                );
            }

            for (var i = 1; i < nodes.Count; i++)
            {
                tell($"{nodes[0].Id} and {nodes[i].Id}: cards, safety number, four confirmations");
                await DemoLinks.LinkAsync(services[0], services[i], DemoTerms.Settings, cancellation);
            }

            tell("Reading the communiqués into Morocco's record");
            var readings = await DemoReadings.ReadAsync(services[0], samples, tell, cancellation);
            await DemoRoadmap.FillAsync(services[0], clock, cancellation);
            var state = new DemoState(nodes, accounts, nodes.Count - 1, readings);
            folder.Save(state);
            return state;
        }
        finally
        {
            foreach (var provider in services)
            {
                await provider.DisposeAsync();
            }
        }
    }

    private async Task<ServiceProvider> CreateAsync(DemoNode node, CancellationToken cancellation)
    {
        var home = node.Home(folder.Path);
        await NodeSetup.CreateAsync(home, node.Options, clock, cancellation);
        return NodeServices.Build(home, node.Options, clock);
    }
}
