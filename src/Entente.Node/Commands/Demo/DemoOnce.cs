using System.Diagnostics;
using Entente.Node.Verification;

namespace Entente.Node.Commands.Demo;

/// <summary>The whole demo without a person: set up, start, play the scenario, stop, verify off line, report.</summary>
internal sealed class DemoOnce(DemoFolder folder, TimeProvider clock, Action<string> tell)
{
    public async Task<DemoReport> PlayAsync(CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var state = await new DemoSetup(folder, clock, tell).RunAsync(
            DemoPorts.Free(),
            DemoSamples.AllButOne,
            cancellation
        );
        var failures = new List<string>();
        var refusals = 0;
        await using (await DemoNodes.StartAsync(folder, state, clock, cancellation))
        {
            try
            {
                refusals = await new DemoScenario(state, tell).PlayAsync(DemoSamples.TheOne, cancellation);
            }
            catch (InvalidOperationException broken)
            {
                failures.Add(broken.Message);
            }
        }

        tell("Verify: every node's ledger, chains and receipts, with no node running");
        var checks = new DemoChecks();
        foreach (var node in state.Nodes)
        {
            var home = node.Home(folder.Path);
            var (report, _) = await NodeVerification.RunAsync(home, _ => Advance.None, cancellation);
            checks.Add(report);
            failures.AddRange(report.Problems.Select(p => $"{node.Id}: {p.Row}: {p.What}"));
            await checks.CountAsync(node, home, cancellation);
        }

        return checks.Report(state, refusals, Stopwatch.GetElapsedTime(began), failures);
    }
}
