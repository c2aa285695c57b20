using System.Diagnostics;

namespace Entente.Node.Commands.Demo;

/// <summary>The whole demo without a person: set up, start, play the scenario, stop, verify, report.</summary>
internal static class DemoOnce
{
    public static async Task<DemoReport> PlayAsync(
        DemoFolder folder,
        TimeProvider clock,
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        var began = Stopwatch.GetTimestamp();
        var state = await new DemoSetup(folder, clock, tell).RunAsync(DemoPorts.Free(), cancellation);
        tell($"Set up in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        await using (var nodes = await DemoNodes.StartAsync(folder, state, clock, cancellation))
        {
            tell($"Started after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        }

        return new DemoReport
        {
            Nodes = state.Nodes.Count,
            Links = state.Links,
            Readings = state.Readings,
            Sent = 0,
            Delivered = 0,
            ReceiptsVerified = 0,
            LedgersVerified = 0,
            ChainsVerified = 0,
            Refusals = 0,
            Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds,
            Failures = [],
        };
    }
}
