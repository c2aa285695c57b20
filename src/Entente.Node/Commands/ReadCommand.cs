using System.CommandLine;
using Entente.Node.Commands.Reading;
using Entente.Node.Hosting;

namespace Entente.Node.Commands;

/// <summary>`entente read`: reads communiqués and press texts, with no node needed.</summary>
internal static class ReadCommand
{
    private static readonly Argument<string[]> Paths = new("FILE")
    {
        Description = "Texts, web pages, Word documents, or folders of them; - reads from standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object a line." };
    private static readonly Option<bool> Explain = new("--explain")
    {
        Description = "Which entry found each value, and in which words.",
    };
    private static readonly Option<string?> Dir = new("--dir")
    {
        Description = "A node's folder: the texts become its readings, each text once.",
    };
    private static readonly Option<bool> Accept = new("--accept")
    {
        Description = "Enter the encounters in the record of the node in --dir.",
    };
    private static readonly Option<bool> Score = new("--score")
    {
        Description = "Hold the readings against the label (.json) beside each text: precision, recall, F1.",
    };
    private static readonly Option<string?> Errors = new("--errors")
    {
        Description = "With --score, what was missed and wrongly found of a field, as domains or participants.name.",
    };
    private static readonly Option<bool> Calibrate = new("--calibrate")
    {
        Description = "Write how often each kind of evidence proved right on labelled texts: common/precision.list.",
    };
    private static readonly Option<string?> ExportCorrections = new("--export-corrections")
    {
        Description = "Write the accepted readings of the node in --dir to this folder as labelled texts.",
    };

    public static Command Create()
    {
        var command = new Command("read", "Read communiqués and press texts: who met whom, when, what was agreed.")
        {
            Paths,
            Json,
            Explain,
            Dir,
            Accept,
            Score,
            Errors,
            Calibrate,
            ExportCorrections,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var paths = parsed.GetRequiredValue(Paths);
        var home = parsed.GetValue(Dir) is { } folder ? new NodeHome(folder) : null;
        if (parsed.GetValue(ExportCorrections) is { } into)
        {
            return home is null
                ? Refuse("--export-corrections needs the node's folder: --dir")
                : CorrectionExport.RunAsync(home, into, cancellation);
        }

        if (paths.Length == 0)
        {
            return Refuse("Name a file or folder to read, or - for standard input.");
        }

        if (home is not null)
        {
            return IntoNode.RunAsync(home, TextFiles.Names(paths), parsed.GetValue(Accept), cancellation);
        }

        var texts = TextFiles.Open(paths);
        if (parsed.GetValue(Score) || parsed.GetValue(Calibrate) || parsed.GetValue(Errors) is not null)
        {
            return Task.FromResult(Labelled.Measure(texts, parsed.GetValue(Calibrate), parsed.GetValue(Errors)));
        }

        IReadingPrinter printer =
            parsed.GetValue(Json) ? new JsonPrinter()
            : parsed.GetValue(Explain) ? new ExplainPrinter()
            : new TablePrinter();
        return Task.FromResult(Print(texts, printer));
    }

    private static async Task<int> Refuse(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return ExitCode.Usage;
    }

    private static int Print(IEnumerable<TextFile> texts, IReadingPrinter printer)
    {
        var failed = false;
        foreach (var file in texts)
        {
            if (file.Text is { } text)
            {
                printer.Print(file.Name, text);
            }
            else
            {
                failed = true;
                Console.Error.WriteLine($"{file.Name}: {file.Problem}");
            }
        }

        return failed ? ExitCode.NotAllHeld : 0;
    }
}
