using System.Diagnostics;
using System.Globalization;
using Entente.Faults.Checking;
using Entente.Node.Storage;

namespace Entente.Faults.Histories;

/// <summary>
/// Nothing but SIGKILL, as often as the machine can: links between nodes of two processes, and one of the two is always
/// dying, most often while it starts, now and then while everything flows.
/// </summary>
/// <param name="instances">As how many processes over one PostgreSQL the nodes of one side run, each killed by itself.</param>
internal sealed class KillStorm(ulong seed, int links, string engine = nameof(Engine.Sqlite), int instances = 1)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // On a machine so slow that its time is over before it has begun it is still a history of kills.
    private const int Least = 4;

    private readonly Tally _tally = new();
    private readonly Chance _chance = new(seed);
    private TimeSpan _start = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="most">It kills no more after so long.</param>
    /// <param name="kills">Nor after so many processes.</param>
    public async Task RunAsync(TimeSpan most, int kills = int.MaxValue)
    {
        var began = Stopwatch.GetTimestamp();
        List<(World World, Journal Journal)> pairs = [];
        for (var i = 0; i < links; i++)
        {
            pairs.Add((await World.LinkedAsync(engine, ["ma.interieur", "es.interior"]), new Journal()));
        }

        List<SeveralInstances> several =
            instances == 1 ? [] : [.. pairs.Select(p => SeveralInstances.Of(p.World.Parties[0], instances))];
        List<Crowd> crowds = [new([.. pairs.Select(p => p.World.Parties[1].Node.Home)])];
        crowds.AddRange(
            several.Count == 0
                ? [new Crowd([.. pairs.Select(p => p.World.Parties[0].Node.Home)])]
                : Enumerable.Range(0, instances).Select(i => new Crowd([.. several.Select(node => node.Homes[i])]))
        );
        try
        {
            await RageAsync(pairs, crowds, most, kills);
            await SettleAsync(pairs, crowds);
        }
        finally
        {
            foreach (var part in crowds.Concat<IAsyncDisposable>(several))
            {
                await part.DisposeAsync();
            }
        }

        var history = string.Create(
            CultureInfo.InvariantCulture,
            $"kills, seed {seed}, {links} links, {engine}, {instances} instances of one side"
        );
        _tally.Count("histories");
        _tally.AddTo(Tally.OfTheRun);
        Console.Error.WriteLine($"{history}: {_tally}; {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        foreach (var (world, journal) in pairs)
        {
            List<string> complaints = [.. await world.CheckAsync(journal)];
            complaints.AddRange(Checker.Alarms(await world.TablesAsync()));
            world.Demand(complaints, history);
            await world.DisposeAsync();
        }
    }

    private async Task RageAsync(
        IReadOnlyList<(World World, Journal Journal)> pairs,
        IReadOnlyList<Crowd> crowds,
        TimeSpan most,
        int kills
    )
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writing = Task.WhenAll(pairs.SelectMany(pair => Writing(pair, over.Token)));
        var began = Stopwatch.GetTimestamp();
        foreach (var crowd in crowds)
        {
            crowd.Start();
        }

        await Task.WhenAll(crowds.Select(UpAsync));
        // They have all started at once; from now on one starts at a time, in a part of that.
        await KillAsync(crowds[0]);
        crowds[0].Start();
        _start = await UpAsync(crowds[0]);
        for (var i = 0; i < kills && (i < Least || Stopwatch.GetElapsedTime(began) < most); i++)
        {
            var crowd = crowds[_chance.Next(0, crowds.Count)];
            // Anywhere in its start, or a little after it; one of eight only once it stands and talks to the other.
            await (_chance.Next(0, 8) == 0 ? UpAsync(crowd) : Task.Delay(Share(_chance.Next(0, 1300)), Cancellation));
            await Task.Delay(_chance.Next(0, 250), Cancellation);
            await KillAsync(crowd);
            await Task.Delay(_chance.Next(0, 4) == 0 ? _chance.Next(0, 300) : 0, Cancellation);
            crowd.Start();
        }

        _tally.Count("s of storm", (long)Stopwatch.GetElapsedTime(began).TotalSeconds);
        await over.CancelAsync();
        await writing;
    }

    private Task KillAsync(Crowd crowd)
    {
        _tally.Count("processes killed");
        _tally.Count("kills", crowd.Count);
        return crowd.KillAsync();
    }

    private IEnumerable<Task> Writing((World World, Journal Journal) pair, CancellationToken until)
    {
        foreach (var (from, to) in ((int, int)[])[(0, 1), (1, 0)])
        {
            var chance = new Chance((ulong)_chance.Next(0, int.MaxValue));
            var parties = pair.World.Parties;
            // What matters is what is under way when they die, not how much there is to check, however many links there are.
            var traffic = new Traffic(
                parties[from].Node,
                parties[to].Id,
                chance,
                pair.Journal,
                _tally,
                pause: 25 * links
            );
            yield return traffic.RunAsync(until);
        }
    }

    private async Task SettleAsync(IReadOnlyList<(World World, Journal Journal)> pairs, IReadOnlyList<Crowd> crowds)
    {
        var settled = true;
        foreach (var (world, _) in pairs)
        {
            settled &= await world.SettledAsync();
        }

        foreach (var crowd in crowds)
        {
            await crowd.StopAsync();
        }

        settled.ShouldBeTrue("Messages still wait, long after the last kill.");
    }

    /// <summary>How long a start takes on this machine, now.</summary>
    private static async Task<TimeSpan> UpAsync(Crowd crowd)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Patience && !await crowd.IsReadyAsync())
        {
            await Task.Delay(100, Cancellation);
        }

        return Stopwatch.GetElapsedTime(began);
    }

    private TimeSpan Share(int thousandths) => _start * thousandths / 1000;
}
