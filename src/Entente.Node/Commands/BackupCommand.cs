using System.CommandLine;
using System.Globalization;
using Entente.Node.Features.Backup;
using Entente.Node.Hosting;
using Entente.Node.Verification;

namespace Entente.Node.Commands;

/// <summary>`entente backup FILE`: saves a node while it serves, sealed to its recovery key.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var file = new Argument<string[]>("FILE")
        {
            Description = "The file to write; with --list or --check, the files to look at.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var dir = new Option<string?>("--dir") { Description = "The node's folder." };
        var newKey = new Option<string?>("--new-recovery-key")
        {
            Description =
                "Make the key that opens backups, write it to this file, and keep its public part in the node.",
        };
        var full = new Option<bool>("--full") { Description = "Everything, not only what changed since the last one." };
        var list = new Option<bool>("--list") { Description = "Say what the files are; needs no key." };
        var check = new Option<bool>("--check") { Description = "Read the files to their end; needs --key." };
        var key = new Option<string?>("--key") { Description = "The recovery key's file, for --check." };
        var command = new Command("backup", "Save a node while it runs, sealed to its recovery key.")
        {
            file,
            dir,
            newKey,
            full,
            list,
            check,
            key,
        };
        command.SetAction(
            (parsed, cancellation) =>
                BackupTask.RunAsync(() =>
                {
                    var files = parsed.GetValue(file) ?? [];
                    if (parsed.GetValue(list))
                    {
                        return files.Length > 0
                            ? ListAsync(files)
                            : BackupTask.SayAsync("Name the files: entente backup --list FILE…");
                    }

                    if (parsed.GetValue(check))
                    {
                        return CheckAsync(files, parsed.GetValue(key), cancellation);
                    }

                    return parsed.GetValue(dir) is { } folder
                        ? NodeTask.RunAsync(
                            folder,
                            (s, c) => MakeAsync(s, files, parsed.GetValue(newKey), parsed.GetValue(full), c),
                            cancellation
                        )
                        : BackupTask.SayAsync("Name the node's folder: --dir DIR");
                })
        );
        return command;
    }

    private static async Task<int> MakeAsync(
        IServiceProvider services,
        string[] files,
        string? newKey,
        bool full,
        CancellationToken cancellation
    )
    {
        if (newKey is not null)
        {
            await NewKeyAsync(services, newKey, cancellation);
        }

        return files switch
        {
            [var one] => await MakeAsync(services, one, full, cancellation),
            [] when newKey is not null => 0,
            _ => await BackupTask.SayAsync("Name one file to write: entente backup FILE --dir DIR"),
        };
    }

    private static async Task NewKeyAsync(IServiceProvider services, string path, CancellationToken cancellation)
    {
        if (File.Exists(path))
        {
            throw new BackupRefused(new FileIsThere(path));
        }

        BackupRun.RequireFolder(path);
        var node = services.GetRequiredService<NodeOptions>().Node;
        var key = RecoveryKey.Create(path, node, services.GetRequiredService<TimeProvider>().GetUtcNow());
        await services.GetRequiredService<RecoverySetting>().SaveAsync(key, cancellation);
        Console.WriteLine($"The recovery key of {node} is in {path}.");
        Console.WriteLine($"Key {key.Thumbprint}");
        Console.WriteLine(
            "Take it away now: two copies, in two safes, none on this machine. Nobody can make it again."
        );
        Console.WriteLine("Every backup from now on is sealed to it; the next one begins a new chain.");
    }

    private static async Task<int> MakeAsync(
        IServiceProvider services,
        string path,
        bool full,
        CancellationToken cancellation
    )
    {
        var run = services.GetRequiredService<BackupRun>();
        var done = await Watched.RunAsync(
            BackupRun.Steps,
            progress => run.MakeAsync(path, full, progress, cancellation)
        );
        var kind = done.Header.Number == 0 ? "full" : "incremental";
        Console.WriteLine($"{path}: {kind} backup of {done.Header.Node}, {Size(done.Size)}");
        Console.WriteLine(Text($"Chain {done.Header.Chain}, number {done.Header.Number}."));
        Console.WriteLine(
            Text(
                $"{done.Totals.Parts} parts, {Size(done.Totals.Bytes)} saved, of which {Size(done.Totals.NewBytes)} new."
            )
        );
        Console.WriteLine("To restore: the recovery key and every file of this chain, from number 0 on.");
        return 0;
    }

    private static Task<int> ListAsync(IReadOnlyList<string> files)
    {
        foreach (var path in files)
        {
            using var file = File.OpenRead(path);
            var (header, _) = BackupHeader.Read(file, path);
            Console.WriteLine(
                Text(
                    $"{path}: {header.Node}, {header.Engine}, {header.At:u}, chain {header.Chain}, number {header.Number}"
                )
            );
            Console.WriteLine($"  sealed to the recovery key {header.Recovery}");
        }

        return Task.FromResult(0);
    }

    private static async Task<int> CheckAsync(
        IReadOnlyList<string> files,
        string? keyFile,
        CancellationToken cancellation
    )
    {
        if (keyFile is null || files.Count == 0)
        {
            return await BackupTask.SayAsync("Name the files and the key: entente backup --check FILE… --key KEYFILE");
        }

        using var key = RecoveryKey.Load(keyFile);
        using var index = await Watched.RunAsync(
            ["reading"],
            progress => Task.FromResult(ArchiveIndex.Open(files, key, alone: true, progress("reading"), cancellation))
        );
        Console.WriteLine(
            Text($"{index.Manifest.Node} at {index.Manifest.At:u}: ledger of {index.Manifest.LedgerSize} leaves,")
        );
        Console.WriteLine(Text($"{index.Totals.Parts} parts, {Size(index.Totals.Bytes)}, all authentic."));
        Console.WriteLine(
            index.IsWhole
                ? "The chain is whole: it can be restored."
                : "The chain's beginning was not given: what the earlier files hold was not checked."
        );
        return 0;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Size(long bytes) =>
        bytes switch
        {
            < 1 << 20 => Text($"{bytes / 1024.0:0.0} KiB"),
            < 1 << 30 => Text($"{bytes / (1024.0 * 1024):0.0} MiB"),
            _ => Text($"{bytes / (1024.0 * 1024 * 1024):0.0} GiB"),
        };
}
