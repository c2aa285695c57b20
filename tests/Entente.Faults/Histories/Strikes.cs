namespace Entente.Faults.Histories;

/// <summary>What can happen to nodes, wires and clocks. Each strike ends by itself, except that a clock stays wrong.</summary>
internal sealed class Strikes(World world, Chance chance, Tally tally)
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);

    /// <summary>So many strikes, often one into the other.</summary>
    public async Task RunAsync(int count, CancellationToken cancellation)
    {
        List<Task> going = [];
        for (var i = 0; i < count && !cancellation.IsCancellationRequested; i++)
        {
            var party = world.Parties[chance.Next(0, world.Parties.Count)];
            var kind = chance.Next(0, 100);
            var strike = StrikeAsync(party, kind);
            var pause = Time(20, 500);
            // Three of four leave the node the time to stand up again: a node that is always starting delivers nothing.
            await (chance.Next(0, 4) >= 1 ? UpAsync(strike, party) : Task.CompletedTask);
            going.Add(strike);
            going.RemoveAll(s => s.IsCompletedSuccessfully);
            await Task.Delay(pause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(going);
    }

    private static async Task UpAsync(Task strike, Party party)
    {
        await strike;
        var patience = Task.Delay(StartPatience);
        while (!patience.IsCompleted && !await party.Node.IsReadyAsync())
        {
            await Task.Delay(100);
        }
    }

    private Task StrikeAsync(Party party, int kind) =>
        kind switch
        {
            < 45 => KillAsync(party),
            < 50 => Task.WhenAll(world.Parties.Select(KillAsync)),
            < 55 => HangAsync(party),
            < 65 => WhileAsync("network cuts", Time(50, 2000), () => Cut(party), () => party.Wire.IsDown = false),
            < 72 => OnceAsync("connections reset", party.Wire.Break),
            < 79 => WhileAsync("answers lost", Time(100, 1500), () => Lose(party, true), () => Lose(party, false)),
            < 84 => WhileAsync("half-open lines", Time(100, 2000), () => Hush(party, true), () => Hush(party, false)),
            < 90 => WhileAsync(
                "slow lines",
                Time(500, 2500),
                () => Slow(party, chance.Next(5, 120)),
                () => Slow(party, 0)
            ),
            < 95 => WhileAsync("lines doubled", Time(300, 1500), () => Double(party, true), () => Double(party, false)),
            _ => JumpAsync(party),
        };

    private async Task KillAsync(Party party)
    {
        var down = Time(0, chance.Next(0, 4) == 0 ? 1500 : 60);
        tally.Count(await party.KillAsync(down) ? "kills" : "kills of the dying");
    }

    private Task HangAsync(Party party)
    {
        tally.Count("hangs");
        return party.Node.HangAsync(Time(50, 1500));
    }

    private Task JumpAsync(Party party)
    {
        var by = TimeSpan.FromMinutes(chance.Next(-600, 600));
        return party.Clock is { } clock ? OnceAsync("clock jumps", () => clock.Shift(by)) : Task.CompletedTask;
    }

    private async Task WhileAsync(string what, TimeSpan time, Action begin, Action end)
    {
        tally.Count(what);
        begin();
        await Task.Delay(time);
        end();
    }

    private Task OnceAsync(string what, Action strike)
    {
        tally.Count(what);
        strike();
        return Task.CompletedTask;
    }

    private static void Cut(Party party)
    {
        party.Wire.IsDown = true;
        party.Wire.Break();
    }

    private static void Lose(Party party, bool answers) => party.Wire.LosesAnswers = answers;

    private static void Hush(Party party, bool silent) => party.Wire.IsSilent = silent;

    private static void Slow(Party party, int most) => party.Wire.Slowness = most;

    private static void Double(Party party, bool doubles)
    {
        party.Wire.Doubles = doubles;
        party.Wire.Break(); // Only new connections are doubled, or no longer.
    }

    private TimeSpan Time(int from, int to) => TimeSpan.FromMilliseconds(chance.Next(from, Math.Max(to, from + 1)));
}
