using System.CommandLine;
using System.Globalization;
using Entente.Node.Features.Moving;
using Entente.Node.Hosting;

namespace Entente.Node.Commands;

/// <summary>`entente migrate --to postgres CONNECTION`: moves a stopped node out of the embedded database.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var connection = new Argument<string>("CONNECTION")
        {
            Description = "PostgreSQL connection string of an empty database or schema.",
        };
        var to = new Option<string>("--to") { Description = "The engine; only postgres is known.", Required = true };
        to.AcceptOnlyFromAmong("postgres");
        var dir = new Option<string>("--dir") { Description = "The node's folder.", Required = true };
        var command = new Command("migrate", "Move a stopped node's store to PostgreSQL.") { connection, to, dir };
        command.SetAction(
            (parsed, cancellation) =>
                BackupTask.RunAsync(() =>
                    RunAsync(
                        new NodeHome(parsed.GetRequiredValue(dir)),
                        parsed.GetRequiredValue(connection),
                        cancellation
                    )
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(NodeHome home, string connection, CancellationToken cancellation)
    {
        if (!home.Exists)
        {
            await Console.Error.WriteLineAsync(home.WhyNotThere);
            return ExitCode.NoNode;
        }

        if (Connections.Fault(connection) is { } wrong)
        {
            return await BackupTask.SayAsync(wrong);
        }

        var run = new MoveRun(home, TimeProvider.System);
        var done = await Watched.RunAsync(MoveRun.Steps, progress => run.RunAsync(connection, progress, cancellation));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{done.Rows} rows are in PostgreSQL, ledger of {done.Head.Size} leaves with the same root; all verified."
            )
        );
        Console.WriteLine($"The settings name PostgreSQL now; the old database is {done.OldFile}.");
        Console.WriteLine(
            $"Next: entente serve --dir {home.Folder}; delete the old database once you have a new backup."
        );
        return 0;
    }
}
