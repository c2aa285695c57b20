using System.Diagnostics;
using System.Globalization;
using Entente.Node.Features.Backup;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Moving;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Node.Verification;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Bench;

/// <summary>
/// Backup, restore and, where there is a server, the move to PostgreSQL, of a store of real messages; time, size, and the
/// most memory that the process held while it worked.
/// </summary>
internal static class BackupBench
{
    private const int Batch = 500;
    private static readonly CancellationToken Never = CancellationToken.None;

    public static async Task RunAsync(int messages)
    {
        await using var store = await BenchStore.CreateAsync(null);
        await using var other = await BenchStore.CreateAsync(null, "es.interior");
        var folder = Directory.CreateTempSubdirectory("entente-bench-backup-").FullName;
        await using (var us = store.Services())
        await using (var them = other.Services())
        {
            await GrowthLink.JoinAsync(us, them);
            await FillAsync(us, messages);
            var key = RecoveryKey.Create(Path.Combine(folder, "key"), "ma.interieur", TimeProvider.System.GetUtcNow());
            await us.GetRequiredService<RecoverySetting>().SaveAsync(key, Never);
            var size = new FileInfo(store.Home.DatabaseFile).Length;
            await MeasureAsync("full backup", size, () => BackUpAsync(us, folder, "0"));
            await FillAsync(us, 1000);
            await MeasureAsync("increment, 1,000 messages later", size, () => BackUpAsync(us, folder, "1"));
        }

        var database = new FileInfo(store.Home.DatabaseFile).Length;
        string[] files = [Path.Combine(folder, "0"), Path.Combine(folder, "1")];
        var order = new RestoreOrder(files, Path.Combine(folder, "restored"), Path.Combine(folder, "key"));
        var run = new RestoreRun(TimeProvider.System);
        await MeasureAsync("restore, verified", database, () => run.RunAsync(order, _ => Advance.None, Never));
        await MoveAsync(new NodeHome(order.Folder), database);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task MoveAsync(NodeHome home, long size)
    {
        if (Environment.GetEnvironmentVariable("ENTENTE_TEST_POSTGRES") is { } server)
        {
            await using var target = await BenchStore.CreateAsync(server, "pg.banc");
            await target.EmptyAsync();
            var move = new MoveRun(home, TimeProvider.System);
            var connection = target.ConnectionString;
            await MeasureAsync("migrate, verified", size, () => move.RunAsync(connection, _ => Advance.None, Never));
        }
    }

    private static async Task FillAsync(ServiceProvider node, int messages)
    {
        var outbox = node.GetRequiredService<Outbox>();
        var database = node.GetRequiredService<Database>();
        for (var done = 0; done < messages; done += Batch)
        {
            var some = Enumerable
                .Range(0, Batch)
                .Select(_ => GrowthLink.Message("ma.interieur", "es.interior", 1200))
                .ToList();
            await database.WriteAsync(t => outbox.EnqueueAsync(t, some, 1, "agent.liaison", Never), Never);
        }
    }

    private static async Task<long> BackUpAsync(ServiceProvider node, string folder, string name)
    {
        var run = node.GetRequiredService<BackupRun>();
        return (await run.MakeAsync(Path.Combine(folder, name), false, _ => Advance.None, Never)).Size;
    }

    private static async Task MeasureAsync<T>(string what, long size, Func<Task<T>> work)
    {
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        var (before, most) = (self.WorkingSet64, 0L);
        await using var sample = new Timer(
            _ =>
            {
                self.Refresh();
                most = Math.Max(most, self.WorkingSet64);
            },
            null,
            0,
            50
        );
        var watch = Stopwatch.StartNew();
        var result = await work();
        var took = watch.Elapsed;
        var written = result is long bytes
            ? string.Create(CultureInfo.InvariantCulture, $", {Mega(bytes)} MB written")
            : "";
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what, -34} {took.TotalSeconds, 7:0.0} s  {Mega(size / took.TotalSeconds), 6} MB/s of {Mega(size)} MB{written}, memory +{Mega(Math.Max(0, most - before))} MB"
            )
        );
    }

    private static string Mega(double bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
}
