using System.CommandLine;
using System.Text.Json;
using Entente.Node.Commands.Bench.Peers;
using Entente.Node.Hosting;

namespace Entente.Node.Commands.Bench;

/// <summary>`entente bench`: measures this program on this machine, beside what the machine itself allows.</summary>
internal static class BenchCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create() =>
        new("bench", "Measure on this machine: rate, waiting, CPU, beside the machine's own limit.")
        {
            Exchange(),
            Peers(),
            Sender(),
        };

    private static Command Exchange()
    {
        var messages = Messages();
        var size = Size();
        var concurrency = Concurrency();
        var dir = new Option<string?>("--dir")
        {
            Description = "Where the two nodes are made; the disk that is measured. Default: a temporary folder.",
        };
        var postgres = new Option<string?>("--postgres")
        {
            Description =
                "Connection string of a PostgreSQL server to keep both nodes in, each in a schema of its own.",
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command("exchange", "Two nodes over TLS: send, seal, receive, ledger, receipt, all durable.")
        {
            messages,
            size,
            concurrency,
            dir,
            postgres,
            json,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var load = new BenchLoad(
                    parsed.GetValue(messages),
                    parsed.GetValue(size),
                    parsed.GetValue(concurrency)
                );
                var asJson = parsed.GetValue(json);
                var report = await ExchangeReport.MakeAsync(
                    load,
                    parsed.GetValue(dir),
                    parsed.GetValue(postgres),
                    asJson || Console.IsErrorRedirected ? _ => { } : phase => Console.Error.WriteLine(phase),
                    cancellation
                );
                if (asJson)
                {
                    Console.WriteLine(JsonSerializer.Serialize(report, Json));
                }
                else
                {
                    report.Print();
                }

                return 0;
            }
        );
        return command;
    }

    private static Command Peers()
    {
        var size = Size();
        var command = new Command("peers", "What people would use instead, where it is installed, beside this.")
        {
            size,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var folder = Directory.CreateTempSubdirectory("entente-peers-");
                try
                {
                    var bench = new PeersBench(parsed.GetValue(size), folder.FullName, Console.Error.WriteLine);
                    var figures = await bench.RunAsync(cancellation);
                    PeersBench.Print(figures);
                    return 0;
                }
                finally
                {
                    folder.Delete(recursive: true);
                }
            }
        );
        return command;
    }

    /// <summary>The sending node, as a process of its own.</summary>
    private static Command Sender()
    {
        var dir = NodeTask.Dir();
        var messages = Messages();
        var size = Size();
        var concurrency = Concurrency();
        var command = new Command("sender") { dir, messages, size, concurrency };
        command.Hidden = true;
        command.SetAction(
            (parsed, cancellation) =>
                BenchSender.RunAsync(
                    new NodeHome(parsed.GetRequiredValue(dir)),
                    new BenchLoad(parsed.GetValue(messages), parsed.GetValue(size), parsed.GetValue(concurrency)),
                    cancellation
                )
        );
        return command;
    }

    private static Option<int> Messages() =>
        Within(
            new Option<int>("--messages")
            {
                Description = "Messages of the saturated phase (20000).",
                DefaultValueFactory = _ => 20_000,
            },
            1,
            10_000_000
        );

    private static Option<int> Size() =>
        Within(
            new Option<int>("--size") { Description = "Bytes of a message (2048).", DefaultValueFactory = _ => 2048 },
            512,
            60_000
        );

    private static Option<int> Concurrency() =>
        Within(
            new Option<int>("--concurrency")
            {
                Description = "Messages on their way at once when saturated (1024).",
                DefaultValueFactory = _ => 1024,
            },
            1,
            100_000
        );

    private static Option<int> Within(Option<int> option, int least, int most)
    {
        option.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is var number && (number < least || number > most))
            {
                given.AddError($"{option.Name} is from {least} to {most}, not {number}.");
            }
        });
        return option;
    }
}
