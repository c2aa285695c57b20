using Entente.Faults.Checking;
using Entente.Faults.Histories;
using Entente.Node.Storage;

namespace Entente.Faults;

public sealed class ClockTests
{
    [Fact]
    public async Task Clocks_that_jump_hours_either_way_under_running_nodes_delay_nothing_and_look_like_no_lie()
    {
        Assert.SkipWhen(ShiftedClock.Library is null, "libfaketime is not here (package faketime).");
        var (journal, tally, chance) = (new Journal(), new Tally(), new Chance(23));
        await using var world = await World.LinkedAsync(
            nameof(Engine.Sqlite),
            ["ma.interieur", "es.interior"],
            turns: true
        );
        var (rabat, madrid) = (world.Parties[0], world.Parties[1]);
        Traffic[] traffic =
        [
            new(rabat.Node, madrid.Id, chance, journal, tally),
            new(madrid.Node, rabat.Id, chance, journal, tally),
        ];
        await Task.WhenAll(world.Parties.Select(p => p.ReadyAsync()));

        foreach (var (here, there) in ((int, int)[])[(0, 0), (7, -9), (-9, 7)])
        {
            rabat.Clock!.Shift(TimeSpan.FromHours(here)); // The library is here.
            madrid.Clock!.Shift(TimeSpan.FromHours(there));
            await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
            await Task.WhenAll(traffic.Select(t => t.SendAsync()));
            (await world.SettledAsync()).ShouldBeTrue();
        }

        world.Demand([.. await world.CheckAsync(journal), .. Checker.Alarms(await world.TablesAsync())], "clock jumps");
    }
}
