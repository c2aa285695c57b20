using Entente.Faults.Checking;
using Entente.Faults.Histories;
using Entente.Node.Storage;

namespace Entente.Faults;

/// <summary>One of two nodes has a disk that fills up or fails. It says so, loses nothing, and goes on by itself.</summary>
public sealed class DiskTests
{
    private const string Rabat = "ma.interieur";
    private const string Madrid = "es.interior";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public Task Full_disk_costs_time_and_no_message() =>
        BrokenAsync(
            "disk full",
            async (world, disk, writing) =>
            {
                disk.Fill();
                await OutAsync(world, writing);
                disk.MakeRoom();
            }
        );

    [Fact]
    public Task Disk_that_turns_read_only_costs_time_and_no_message() =>
        BrokenAsync(
            "disk read-only",
            async (world, disk, writing) =>
            {
                var madrid = world[Madrid].Node;
                await disk.FailAsync();
                await OutAsync(world, writing);
                await madrid.KillAsync();
                await madrid.ReopenAsync();
                await disk.RepairAsync();
                madrid.Start();
            }
        );

    /// <summary>While it lasts, officers and partners of the broken node are told, and the other's messages wait.</summary>
    private static async Task OutAsync(World world, Traffic writing)
    {
        var (rabat, madrid) = (world[Rabat].Node, world[Madrid].Node);
        var sending = madrid.SendAllAsync([TestMessages.Request(Madrid, Rabat, new string('x', 2_000_000))]);
        await Should.ThrowAsync<System.Data.Common.DbException>(sending);
        await writing.SendAsync();
        await TestNode.WaitUntilAsync(async () => !await madrid.IsReadyAsync(), Patience);
        (await rabat.CountWaitingAsync()).ShouldBeGreaterThan(0);
    }

    private static async Task BrokenAsync(string history, Func<World, SmallDisk, Traffic, Task> break_)
    {
        var folder = Directory.CreateTempSubdirectory("entente-faults-").FullName;
        await using var disk = await SmallDisk.MountedOrSkipAsync(Path.Combine(folder, Madrid), megabytes: 64);
        var (journal, tally) = (new Journal(), new Tally());
        await using (var world = await World.LinkedAsync(nameof(Engine.Sqlite), [Rabat, Madrid], folder: folder))
        {
            world[Madrid].Node.IsKept = true; // A mounted folder cannot be deleted.
            Traffic[] traffic =
            [
                new(world[Rabat].Node, Madrid, new Chance(5), journal, tally),
                new(world[Madrid].Node, Rabat, new Chance(6), journal, tally),
            ];
            await Task.WhenAll(world.Parties.Select(p => p.ReadyAsync()));
            await Task.WhenAll(traffic.Select(t => t.SendAsync()));
            (await world.SettledAsync()).ShouldBeTrue();

            await break_(world, disk, traffic[0]);

            await Task.WhenAll(traffic.Select(t => t.SendAsync()));
            (await world.SettledAsync()).ShouldBeTrue();
            await TestNode.WaitUntilAsync(world[Madrid].Node.IsReadyAsync, Patience);
            world.Demand([.. await world.CheckAsync(journal), .. Checker.Alarms(await world.TablesAsync())], history);
        }

        await disk.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
