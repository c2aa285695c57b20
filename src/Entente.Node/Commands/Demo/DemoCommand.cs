using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Entente.Node.Commands.Demo;

/// <summary>`entente demo`: four real nodes on this machine, linked and filled, to try everything on.</summary>
internal static class DemoCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var dir = new Option<string>("--dir")
        {
            Description = "Where the demo lives.",
            DefaultValueFactory = _ => ".entente-demo",
        };
        var reset = new Option<bool>("--reset") { Description = "Delete that demo and make a new one." };
        var once = new Option<bool>("--once")
        {
            Description = "Play the scenario through the nodes' doors on free ports, report, and stop.",
        };
        var json = new Option<bool>("--json") { Description = "With --once: print one JSON object." };
        var codes = new Option<bool>("--codes")
        {
            Description = "Print the demo's accounts with their codes of this moment.",
        };
        var command = new Command("demo", "Run four nodes on this machine: Morocco, Spain, Germany, Finland.")
        {
            dir,
            reset,
            once,
            json,
            codes,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                try
                {
                    var folder = new DemoFolder(parsed.GetRequiredValue(dir));
                    return parsed.GetValue(codes) ? Codes(folder)
                        : parsed.GetValue(once) ? await OnceAsync(parsed.GetValue(json), cancellation)
                        : await RunAsync(folder, parsed.GetValue(reset), cancellation);
                }
                catch (InvalidOperationException refusal)
                {
                    await Console.Error.WriteLineAsync(refusal.Message);
                    return ExitCode.NotAllHeld;
                }
            }
        );
        return command;
    }

    private static int Codes(DemoFolder folder)
    {
        if (!folder.IsComplete)
        {
            Console.Error.WriteLine($"There is no demo in {folder.Path}. Start one: ./entente demo");
            return ExitCode.NoNode;
        }

        DemoTable.Show(folder.Load(), folder, TimeProvider.System.GetUtcNow());
        return 0;
    }

    private static async Task<int> RunAsync(DemoFolder folder, bool reset, CancellationToken cancellation)
    {
        var state = folder.IsComplete && !reset ? folder.Load() : null;
        var isNew = state is null;
        var wanted = state?.Nodes ?? DemoNode.All(DemoPorts.Fixed());
        if (DemoPorts.Taken(wanted) is { } port)
        {
            throw new InvalidOperationException(
                $"Port {port} is in use. Is a demo running already? Stop it with Ctrl-C first."
            );
        }

        await AnsiConsole
            .Status()
            .StartAsync(
                "Preparing the nodes",
                async status =>
                    state ??= await new DemoSetup(
                        folder,
                        TimeProvider.System,
                        step =>
                        {
                            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {step}");
                            if (AnsiConsole.Profile.Capabilities.Interactive)
                            {
                                status.Status(Markup.Escape(step)); // Elsewhere it would be the same line again.
                            }
                        }
                    ).RunAsync(DemoPorts.Fixed(), DemoSamples.All, cancellation)
            );
        AnsiConsole.WriteLine("  Starting four nodes");
        await using var nodes = await DemoNodes.StartAsync(folder, state!, TimeProvider.System, cancellation); // Loaded or made above.
        if (isNew)
        {
            await new DemoRelations(state!, step => AnsiConsole.WriteLine($"  {step}")).PlayAsync(cancellation);
        }

        DemoTable.Show(state!, folder, TimeProvider.System.GetUtcNow());
        AnsiConsole.MarkupLine(
            "[bold]Ctrl-C[/] stops the nodes; nothing is lost, and ./entente demo goes on from there."
        );
        try
        {
            await nodes.AnyEnded(cancellation);
            if (!cancellation.IsCancellationRequested)
            {
                throw new InvalidOperationException(
                    $"A node ended by itself; its log is node.log in its folder under {folder.Path}."
                );
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C: what one waits for.
        }

        AnsiConsole.WriteLine("Stopping the nodes");
        return 0;
    }

    private static async Task<int> OnceAsync(bool json, CancellationToken cancellation)
    {
        var folder = new DemoFolder(Directory.CreateTempSubdirectory("entente-once-").FullName);
        try
        {
            var began = Stopwatch.GetTimestamp();
            void Tell(string step) =>
                Console.Error.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Stopwatch.GetElapsedTime(began).TotalSeconds, 5:0.0} s  {step}"
                    )
                );
            var report = await new DemoOnce(folder, TimeProvider.System, Tell).PlayAsync(cancellation);
            Console.WriteLine(JsonSerializer.Serialize(report, json ? Json : new(Json) { WriteIndented = true }));
            return report.Failures.Count == 0 ? 0 : ExitCode.NotAllHeld;
        }
        finally
        {
            Directory.Delete(folder.Path, recursive: true);
        }
    }
}
