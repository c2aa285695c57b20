using System.CommandLine;
using System.Globalization;
using Entente.Node.Features.Carrier;
using Spectre.Console;

namespace Entente.Node.Commands;

/// <summary>`entente carry export|import|ask`: messages over an air gap, in a file carried by hand.</summary>
internal static class CarryCommand
{
    public static Command Create() =>
        new("carry", "Carry messages to and from a partner in a file, where no wire joins the two.")
        {
            Export(),
            Import(),
            Ask(),
        };

    private static Command Export() =>
        ToPartner(
            new Command("export", "Write what a partner has not acknowledged into a file for it."),
            "File to write, by custom *.entente.",
            (services, partner, file, c) => ExportAsync(services.GetRequiredService<CarrierExport>(), partner, file, c)
        );

    private static Command Ask() =>
        ToPartner(
            new Command("ask", "After a restore: ask a partner what this node forgot, where no wire does."),
            "File to write; the partner imports it.",
            (services, partner, file, c) => AskAsync(services.GetRequiredService<CarriedRecovery>(), partner, file, c)
        );

    /// <summary>A verb that writes a file for one partner.</summary>
    private static Command ToPartner(
        Command command,
        string written,
        Func<IServiceProvider, string, string, CancellationToken, Task<int>> write
    )
    {
        var partner = new Argument<string>("partner") { Description = "Node id, such as es.interior." };
        var file = new Argument<string>("file") { Description = written };
        var dir = NodeTask.Dir();
        command.Add(partner);
        command.Add(file);
        command.Add(dir);
        command.SetAction(
            (parsed, cancellation) =>
                NodeTask.RunAsync(
                    parsed.GetRequiredValue(dir),
                    (services, c) =>
                        write(services, parsed.GetRequiredValue(partner), parsed.GetRequiredValue(file), c),
                    cancellation
                )
        );
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<string>("file") { Description = "File that was carried here: messages, or receipts." };
        var receipts = new Option<string?>("--receipts")
        {
            Description = "Where to write what is to be carried back; FILE.receipts otherwise.",
        };
        var dir = NodeTask.Dir();
        var command = new Command("import", "Take what was carried here; again, it goes on where it stopped.")
        {
            file,
            receipts,
            dir,
        };
        command.SetAction(
            (parsed, cancellation) =>
                NodeTask.RunAsync(
                    parsed.GetRequiredValue(dir),
                    (services, c) =>
                    {
                        var path = parsed.GetRequiredValue(file);
                        return ImportAsync(
                            services.GetRequiredService<CarrierImport>(),
                            path,
                            parsed.GetValue(receipts) ?? path + ".receipts",
                            c
                        );
                    },
                    cancellation
                )
        );
        return command;
    }

    private static async Task<int> AskAsync(
        CarriedRecovery recovery,
        string partner,
        string file,
        CancellationToken cancellation
    )
    {
        var written = await recovery.AskAsync(partner, file, cancellation);
        if (written.Fault is not null)
        {
            return await FailAsync(written.Fault);
        }

        await SayAsync($"{file}: a question for {partner}. Its answer is imported here like any other file.");
        return 0;
    }

    private static async Task<int> ExportAsync(
        CarrierExport export,
        string partner,
        string file,
        CancellationToken cancellation
    )
    {
        var written = await WatchedAsync(file, advance => export.RunAsync(partner, file, advance, cancellation));
        if (written.Fault is not null || written.Header is not { } header)
        {
            return await FailAsync(written.Fault);
        }

        FormattableString said =
            header.Envelopes == 0
                ? (FormattableString)$"Nothing waits for {partner}; no file was written."
                : $"{file}: {header.Envelopes} envelopes and {header.Chunks} chunks of files for {partner}.";
        await SayAsync(said);
        return 0;
    }

    private static async Task<int> ImportAsync(
        CarrierImport import,
        string file,
        string receipts,
        CancellationToken cancellation
    )
    {
        if (!File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"There is no file {file}.");
            return ExitCode.NoNode;
        }

        var taken = await WatchedAsync(file, advance => import.RunAsync(file, receipts, advance, cancellation));
        if (taken.Header is { Type: CarrierHeader.Messages } header)
        {
            await SayAsync($"{taken.Envelopes} of {header.Envelopes} envelopes of {header.From} are here.");
        }
        else if (taken.Header is { Type: CarrierHeader.Question } asked)
        {
            await SayAsync($"{asked.From} was restored: {taken.Envelopes} envelopes are given back to it.");
        }
        else if (taken.Header is { Type: CarrierHeader.Answer } remembered)
        {
            await SayAsync($"{taken.Envelopes} envelopes were given back by {remembered.From}.");
        }
        else if (taken.Header is { Type: CarrierHeader.Declaration } declared)
        {
            await SayAsync($"{declared.From} declares that its ledger goes on from a backup: see the alarms.");
        }
        else if (taken.Header is { } answered)
        {
            await SayAsync($"{taken.Receipts} envelopes settled by {answered.From}; {taken.Known} were before.");
        }

        if (taken.ReceiptFile is { } back)
        {
            await SayAsync($"Carry this back: {back}");
        }

        return taken.Fault is null ? 0 : await FailAsync(taken.Fault);
    }

    private static Task<T> WatchedAsync<T>(string file, Func<Action<double>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return work(_ => { });
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console
            .Progress()
            .AutoClear(true)
            .StartAsync(watch =>
            {
                var task = watch.AddTask(Markup.Escape(Path.GetFileName(file)), maxValue: 1);
                return work(share => task.Value = share);
            });
    }

    private static Task SayAsync(FormattableString text) =>
        Console.Out.WriteLineAsync(text.ToString(CultureInfo.InvariantCulture));

    private static async Task<int> FailAsync(CarrierFault? fault)
    {
        await Console.Error.WriteLineAsync(fault?.Words);
        return ExitCode.NotAllHeld;
    }
}
