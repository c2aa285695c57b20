using System.Diagnostics;
using System.Globalization;
using Entente.Faults.Checking;
using Entente.Node.Storage;

namespace Entente.Faults.Histories;

/// <summary>One history out of a seed: how many nodes, on which engine, who writes what and what strikes when.</summary>
/// <param name="strikes">How many things go wrong before it is calm again.</param>
internal sealed class Storm(ulong seed, int strikes, string engine = nameof(Engine.Sqlite), int? parties = null)
{
    private static readonly string[] Nodes = ["ma.interieur", "es.interior", "de.bmi"];
    private static readonly TimeSpan LongestRage = TimeSpan.FromMinutes(4);
    private readonly Tally _tally = new();
    private readonly Journal _journal = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="most">It strikes no more after so long: on a slow machine a history must end as well.</param>
    public async Task RunAsync(TimeSpan? most = null)
    {
        var began = Stopwatch.GetTimestamp();
        var chance = new Chance(seed);
        var drawn = chance.Next(2, 4);
        var nodes = Nodes[..(parties ?? drawn)];
        await using var world = await World.LinkedAsync(engine, nodes, turns: seed % 4 == 1);
        using var enough = new CancellationTokenSource(Shorter(most));
        var raging = Stopwatch.GetTimestamp();
        await RageAsync(world, chance, enough.Token);
        var calm = Stopwatch.GetTimestamp();
        _tally.Count("s of storm", (long)Stopwatch.GetElapsedTime(raging).TotalSeconds);
        var settled = await SettleAsync(world);
        _tally.Count("ms to settle", (long)Stopwatch.GetElapsedTime(calm).TotalMilliseconds);
        List<string> complaints = [.. await world.CheckAsync(_journal, mayWait: !settled)];
        if (!settled)
        {
            complaints.Insert(0, "Messages still wait, long after the last fault.");
        }

        complaints.AddRange(Checker.Alarms(await world.TablesAsync()));
        _tally.Count("histories");
        _tally.AddTo(Tally.OfTheRun);
        var history = string.Create(
            CultureInfo.InvariantCulture,
            $"storm, seed {seed}, {strikes} strikes, {nodes.Length} nodes, {engine}"
        );
        Console.Error.WriteLine($"{history}: {_tally}; {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        world.Demand(complaints, history);
    }

    private static TimeSpan Shorter(TimeSpan? most) =>
        most is null || most > LongestRage ? LongestRage
        : most > TimeSpan.Zero ? most.Value
        : TimeSpan.Zero;

    private async Task RageAsync(World world, Chance chance, CancellationToken enough)
    {
        foreach (var party in world.Parties)
        {
            party.StartIfDown();
        }

        // What is drawn must not depend on the machine's timing: each has a chance of its own.
        Chance Own() => new((ulong)chance.Next(0, int.MaxValue));
        List<Traffic> traffic =
        [
            .. world.Parties.SelectMany(
                from => world.Parties.Where(to => to != from),
                (from, to) => new Traffic(from.Node, to.Id, Own(), _journal, _tally)
            ),
        ];
        var striking = new Strikes(world, Own(), _tally);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writing = Task.WhenAll(traffic.Select(t => t.RunAsync(over.Token)));
        await striking.RunAsync(strikes, enough);
        await over.CancelAsync();
        await writing;
    }

    private static Task<bool> SettleAsync(World world)
    {
        world.Calm();
        return world.SettledAsync();
    }
}
