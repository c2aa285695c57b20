using System.Diagnostics;
using System.Globalization;
using Entente.Node.Commands.Bench;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Bench;

/// <summary>
/// One large attachment between two node processes over a line that drops every so many bytes: time, what was carried
/// twice, memory of each process, messages sent meanwhile; and what the disk takes of such chunks by itself.
/// </summary>
internal sealed class FileBench(long size, long drop)
{
    private const double MiB = 1024 * 1024;
    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly string _folder = Directory.CreateTempSubdirectory("entente-file-").FullName;

    /// <param name="args">`--size 5G --drop 100M`.</param>
    public static async Task RunAsync(string[] args)
    {
        var bench = new FileBench(Size(args, "--size", 5L << 30), Size(args, "--drop", 100_000_000));
        try
        {
            await bench.RunAsync();
        }
        finally
        {
            Directory.Delete(bench._folder, recursive: true);
        }
    }

    private async Task RunAsync()
    {
        Say("disk alone, chunks of 1 MiB made durable", await DiskAsync(), "MiB/s");
        var nodes = DemoNode.All(DemoPorts.Free()).Take(2).ToList();
        var behind = DemoPorts.Next();
        await MakeAsync(nodes, behind);
        await using var wire = new FaultyWire(nodes[1].LinkPort, behind);
        wire.Limits.DropsEvery = drop;
        await using var madrid = NodeProcess.Start(nodes[1].Home(_folder).Folder, TimeProvider.System);
        await madrid.WaitUntilReadyAsync(nodes[1].Pages, Never);
        // The sender is in this process, so that a message sent here rings its courier's bell.
        await using var rabat = NodeHost.Build(nodes[0].Home(_folder));
        await rabat.StartAsync(Never);
        var here = rabat.Services;
        await using var there = NodeServices.Build(nodes[1].Home(_folder), nodes[1].Home(_folder).Load());

        var attachment = await KeepAsync(here);
        var traffic = new FileTraffic(here, nodes[0].Id, nodes[1].Id);
        await traffic.LightAsync(); // Both are warm.
        using var sender = new Resident("sender", OwnBytes);
        using var receiver = new Resident("receiver", () => madrid.ResidentBytes);
        var began = Stopwatch.GetTimestamp();
        var heavy = await traffic.SendAsync(attachment);
        var waits = await traffic.LightUntilDeliveredAsync(heavy);
        Rate("from 'send' to receipt, over the line", Stopwatch.GetElapsedTime(began));
        Say($"connections that broke, every {drop / 1e6:0} MB", wire.Limits.Drops, "");
        Say("carried beyond the file's bytes", 100.0 * (wire.Limits.Carried - size) / size, "%");
        Say($"{waits.Count} messages sent meanwhile, median", waits.Order().ElementAt(waits.Count / 2), "ms");
        Say("the slowest of them", waits.Max(), "ms");
        sender.Tell();
        receiver.Tell();
        await ReadBackAsync(there, heavy, attachment);
        await rabat.StopAsync(Never);
    }

    /// <summary>What encrypts and stores the officer's file; the file itself is made as it is read.</summary>
    private async Task<Attachment> KeepAsync(IServiceProvider here)
    {
        using var own = new Resident("encrypting process", OwnBytes);
        var began = Stopwatch.GetTimestamp();
        await using var file = new EndlessFile(size);
        var kept = await here.GetRequiredService<AttachmentStore>().KeepAsync("film.mp4", "video/mp4", file, Never);
        Rate("encrypted and durable at the sender", Stopwatch.GetElapsedTime(began));
        own.Tell();
        return kept ?? throw new InvalidOperationException("The file is larger than a node takes.");
    }

    private async Task ReadBackAsync(ServiceProvider there, Message heavy, Attachment attachment)
    {
        using var own = new Resident("decrypting process", OwnBytes);
        var began = Stopwatch.GetTimestamp();
        var opened = await there.GetRequiredService<MessageStore>().OpenAsync(heavy.Id.ToString(), Never);
        var refusal = await there
            .GetRequiredService<AttachmentStore>()
            .CopyToAsync(opened!.Stored, attachment, Stream.Null, Never); // It was receipted.
        Rate("decrypted and checked at the receiver", Stopwatch.GetElapsedTime(began));
        own.Tell();
        Console.WriteLine(refusal is null ? "The file is the one that was sent." : $"WRONG: {refusal.Detail}");
    }

    private async Task MakeAsync(List<DemoNode> nodes, int behind)
    {
        var services = new List<ServiceProvider>();
        foreach (var node in nodes)
        {
            var options = node.Options with { Log = "Error" };
            await NodeSetup.CreateAsync(node.Home(_folder), options, TimeProvider.System, Never);
            var provider = NodeServices.Build(node.Home(_folder), options);
            var unit = new Unit { Slug = "liaison", Names = node.Names };
            await provider
                .GetRequiredService<Database>()
                .WriteAsync(t => provider.GetRequiredService<UnitBook>().SaveAsync(t, unit, "bench", Never), Never);
            services.Add(provider);
        }

        await DemoLinks.LinkAsync(services[0], services[1], DemoTerms.Settings, Never);
        foreach (var provider in services)
        {
            await provider.DisposeAsync();
        }

        // The card names the wire's end; the node stands behind it.
        var there = nodes[1].Home(_folder);
        there.Save(there.Load() with { Link = $"https://localhost:{behind}" });
    }

    private async Task<double> DiskAsync()
    {
        const int chunks = 256;
        var bytes = new byte[(int)MiB];
        System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < chunks; i++)
        {
            var path = Path.Combine(_folder, $"chunk{i}");
            await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0, true);
            await file.WriteAsync(bytes, Never);
            file.Flush(flushToDisk: true);
        }

        var rate = chunks / Stopwatch.GetElapsedTime(began).TotalSeconds;
        for (var i = 0; i < chunks; i++)
        {
            File.Delete(Path.Combine(_folder, $"chunk{i}"));
        }

        return rate;
    }

    private static long OwnBytes()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    private static long Size(string[] args, string name, long otherwise)
    {
        var at = Array.IndexOf(args, name);
        if (at < 0)
        {
            return otherwise;
        }

        var text = args[at + 1];
        var unit = text[^1] switch
        {
            'G' => 1L << 30,
            'M' => 1L << 20,
            _ => 1,
        };
        return unit * long.Parse(unit == 1 ? text : text[..^1], CultureInfo.InvariantCulture);
    }

    private void Rate(string what, TimeSpan took) =>
        Say($"{what}, {took.TotalSeconds:0} s", size / MiB / took.TotalSeconds, "MiB/s");

    internal static void Say(FormattableString what, double figure, string unit) =>
        Say(what.ToString(CultureInfo.InvariantCulture), figure, unit);

    internal static void Say(string what, double figure, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what, -70} {figure, 10:0.0} {unit}"));
}
