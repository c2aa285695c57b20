using System.CommandLine;
using System.Globalization;
using Entente.Node.Features.Backup;

namespace Entente.Node.Commands;

/// <summary>`entente restore FILE…`: puts a node back from a chain of backups.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Every file of one chain, from the full backup on.",
            Arity = ArgumentArity.OneOrMore,
        };
        var dir = new Option<string>("--dir") { Description = "The folder the node comes to.", Required = true };
        var key = new Option<string>("--key") { Description = "The recovery key's file.", Required = true };
        var replace = new Option<bool>("--replace")
        {
            Description = "The folder holds something: set it aside inside the folder, delete nothing.",
        };
        var database = new Option<string?>("--database")
        {
            Description = "PostgreSQL connection string of an empty database, in place of the one the node had.",
        };
        var command = new Command("restore", "Put a node back from its backups.")
        {
            files,
            dir,
            key,
            replace,
            database,
        };
        command.SetAction(
            (parsed, cancellation) =>
                BackupTask.RunAsync(() =>
                    RunAsync(
                        new RestoreOrder(
                            parsed.GetRequiredValue(files),
                            parsed.GetRequiredValue(dir),
                            parsed.GetRequiredValue(key),
                            parsed.GetValue(replace),
                            parsed.GetValue(database)
                        ),
                        cancellation
                    )
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(RestoreOrder order, CancellationToken cancellation)
    {
        if (order.Database is { } connection && Connections.Fault(connection) is { } wrong)
        {
            return await BackupTask.SayAsync(wrong);
        }

        var run = new RestoreRun(TimeProvider.System);
        var done = await Watched.RunAsync(RestoreRun.Steps, progress => run.RunAsync(order, progress, cancellation));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{done.Header.Node} is in {order.Folder} as it was on {done.Header.At:u}: ledger of {done.Manifest.LedgerSize} leaves, all verified."
            )
        );
        if (done.SetAside is { } aside)
        {
            Console.WriteLine($"What was there is in {aside}; delete it when you no longer need it.");
        }

        if (!done.ErasedAgain)
        {
            Console.WriteLine(
                "The database that was replaced cannot be read: what was erased in it after the backup is"
            );
            Console.WriteLine(
                "back. The partners' ledgers and your exported ledger say what that was; erase it again."
            );
        }

        Console.WriteLine("What the node did after that moment is not in it. What comes next:");
        Console.WriteLine("  1. Make sure that no other copy of this node runs, nor ever runs again.");
        Console.WriteLine("  2. Tell your partners' security officers that you restored a backup, of when, and why.");
        Console.WriteLine($"  3. entente serve --dir {order.Folder}");
        Console.WriteLine(
            "     The node asks each partner for what it has forgotten before it sends or takes anything."
        );
        Console.WriteLine("  4. entente backup FILE --full: a restored node begins a new chain.");
        return 0;
    }
}
