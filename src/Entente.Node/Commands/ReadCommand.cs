using System.CommandLine;
using Entente.Node.Commands.Reading;
using Entente.Node.Hosting;

namespace Entente.Node.Commands;

/// <summary>`entente read`: reads communiqués and press texts, with no node needed.</summary>
internal static class ReadCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("FILE")
        {
            Description = "Texts or folders of texts; - reads from standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var explain = new Option<bool>("--explain")
        {
            Description = "Which entry found each value, and in which words.",
        };
        var accept = new Option<bool>("--accept")
        {
            Description = "Enter the encounters in the record of the node in --dir.",
        };
        var dir = new Option<string?>("--dir") { Description = "A node's folder: the texts become its readings." };
        var command = new Command("read", "Read communiqués and press texts: who met whom, when, what was agreed.")
        {
            paths,
            json,
            explain,
            dir,
            accept,
        };
        command.SetAction(
            (parsed, cancellation) =>
            {
                var texts = TextFiles.Open(parsed.GetRequiredValue(paths));
                if (parsed.GetValue(dir) is { } folder)
                {
                    return IntoNode.RunAsync(new NodeHome(folder), texts, parsed.GetValue(accept), cancellation);
                }

                IReadingPrinter printer =
                    parsed.GetValue(json) ? new JsonPrinter()
                    : parsed.GetValue(explain) ? new ExplainPrinter()
                    : new TablePrinter();
                return Task.FromResult(Print(texts, printer));
            }
        );
        return command;
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
