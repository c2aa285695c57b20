using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Commands.Bench;

/// <summary>Two nodes made for a measurement, linked, each a process of its own; thrown away at the end.</summary>
internal sealed class ExchangeBench(BenchLoad load, string folder, string? postgres)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public async Task<IReadOnlyList<BenchPhase>> RunAsync(Action<string> tell, CancellationToken cancellation)
    {
        var nodes = Nodes();
        await MakeAsync(nodes, cancellation);
        await using var receiver = NodeProcess.Start(nodes[1].Home(folder).Folder, TimeProvider.System);
        await receiver.WaitUntilReadyAsync(nodes[1].Pages, cancellation);
        using var sender = StartSender(nodes[0].Home(folder).Folder);
        var errors = sender.StandardError.ReadToEndAsync(cancellation); // Read, so that the node never waits to write.
        var phases = new List<BenchPhase>();
        var cpu = TimeSpan.Zero;
        while (await sender.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (!line.StartsWith('{'))
            {
                continue; // The node's log.
            }

            using var said = JsonDocument.Parse(line);
            if (said.RootElement.TryGetProperty("begin", out var name))
            {
                tell(name.GetString() ?? "");
                cpu = receiver.ProcessorTime;
            }
            else if (said.RootElement.TryGetProperty("end", out var end))
            {
                var took = receiver.ProcessorTime - cpu;
                var phase = end.Deserialize<BenchPhase>(Json)!; // The sender wrote it.
                phases.Add(phase with { ReceiverCpuSeconds = took.TotalSeconds });
            }

            await sender.StandardInput.WriteLineAsync("go");
            await sender.StandardInput.FlushAsync(cancellation);
        }

        await sender.WaitForExitAsync(cancellation);
        return sender.ExitCode == 0 ? phases : throw new InvalidOperationException(await errors);
    }

    public static IReadOnlyList<DemoNode> Nodes() => [.. DemoNode.All(DemoPorts.Free()).Take(2)];

    private async Task MakeAsync(IReadOnlyList<DemoNode> nodes, CancellationToken cancellation)
    {
        var services = new List<ServiceProvider>();
        foreach (var node in nodes)
        {
            var home = node.Home(folder);
            await (postgres is null ? Task.CompletedTask : BenchSchema.CreateAsync(postgres, node.Id, cancellation));
            var options = node.Options with { Database = Database(node), Log = "Warning" };
            await NodeSetup.CreateAsync(home, options, TimeProvider.System, cancellation);
            services.Add(NodeServices.Build(home, options));
            var unit = new Unit { Slug = "liaison", Names = node.Names };
            await services[^1]
                .GetRequiredService<Database>()
                .WriteAsync(
                    t => services[^1].GetRequiredService<UnitBook>().SaveAsync(t, unit, "bench", cancellation),
                    cancellation
                );
        }

        await DemoLinks.LinkAsync(services[0], services[1], DemoTerms.Settings, cancellation);
        foreach (var provider in services)
        {
            await provider.DisposeAsync();
        }
    }

    private string? Database(DemoNode node) => postgres is null ? null : BenchSchema.Of(postgres, node.Id);

    private Process StartSender(string home)
    {
        var start = NodeProcess.Program();
        foreach (
            var argument in (string[])
                [
                    "bench",
                    "sender",
                    "--dir",
                    home,
                    "--messages",
                    Text(load.Messages),
                    "--size",
                    Text(load.Size),
                    "--concurrency",
                    Text(load.Concurrency),
                ]
        )
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!; // Nothing to attach to: a new process, or an exception.
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
