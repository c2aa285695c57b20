using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Verification;
using Spectre.Console;

namespace Entente.Node.Commands;

/// <summary>
/// `entente verify DIR`: checks a node's ledger, chains and receipts offline, and says what it checked. `entente verify
/// FILE`: checks evidence.
/// </summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var dir = new Argument<string>("what")
        {
            Description = "A node's folder or a copy of it, or an evidence file.",
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command(
            "verify",
            "Check a node's ledger, chains and receipts, or an evidence file, without running a node."
        )
        {
            dir,
            json,
        };
        command.SetAction(
            (parsed, cancellation) =>
                File.Exists(parsed.GetRequiredValue(dir))
                    ? EvidenceVerification.RunAsync(parsed.GetRequiredValue(dir), parsed.GetValue(json), cancellation)
                    : RunAsync(new NodeHome(parsed.GetRequiredValue(dir)), parsed.GetValue(json), cancellation)
        );
        return command;
    }

    private static async Task<int> RunAsync(NodeHome home, bool json, CancellationToken cancellation)
    {
        if (!home.Exists)
        {
            await Console.Error.WriteLineAsync(home.WhyNotThere);
            return ExitCode.NoNode;
        }

        try
        {
            var (report, head) =
                json || Console.IsErrorRedirected
                    ? await NodeVerification.RunAsync(home, _ => Advance.None, cancellation)
                    : await WatchedAsync(home, cancellation);
            await (json ? PrintJsonAsync(home, report, head) : PrintAsync(report, head));
            return report.Ok ? 0 : ExitCode.NotAllHeld;
        }
        catch (Exception e) when (e is DbException or System.Data.DataException or ArgumentOutOfRangeException)
        {
            await Console.Error.WriteLineAsync($"The database of {home.Folder} cannot be read: {e.Message}");
            return ExitCode.NotAllHeld;
        }
    }

    private static Task<(Report Report, LedgerHead Head)> WatchedAsync(NodeHome home, CancellationToken cancellation)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console
            .Progress()
            .AutoClear(true)
            .StartAsync(watch =>
            {
                var tasks = NodeVerification.Steps.ToDictionary(s => s, s => watch.AddTask(s, maxValue: 1));
                return NodeVerification.RunAsync(
                    home,
                    step => new Advance(share => tasks[step].Value = share),
                    cancellation
                );
            });
    }

    private static async Task PrintAsync(Report report, LedgerHead head)
    {
        var output = Console.Out;
        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"Ledger: {head.Size} leaves, root {head.Root}")
        );
        foreach (var (what, count) in report.Checked)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count, 10}  {what}"));
        }

        foreach (var problem in report.Problems)
        {
            await output.WriteLineAsync($"PROBLEM  {problem.Row}: {problem.What}");
        }

        await output.WriteLineAsync(
            report.Ok
                ? "Everything holds."
                : string.Create(CultureInfo.InvariantCulture, $"{report.ProblemCount} problems.")
        );
    }

    private static Task PrintJsonAsync(NodeHome home, Report report, LedgerHead head) =>
        Console.Out.WriteLineAsync(
            JsonSerializer.Serialize(
                new
                {
                    node = home.Load().Node,
                    ok = report.Ok,
                    size = head.Size,
                    root = head.Root.ToString(),
                    @checked = report.Checked,
                    problemCount = report.ProblemCount,
                    problems = report.Problems.Select(p => new { row = p.Row, problem = p.What }),
                }
            )
        );
}
