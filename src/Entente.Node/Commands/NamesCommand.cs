using System.CommandLine;
using System.Globalization;
using Entente.Names;

namespace Entente.Node.Commands;

/// <summary>`entente names compare`: how likely two strings are renderings of one name, in whatever scripts.</summary>
internal static class NamesCommand
{
    public static Command Create()
    {
        var tsv = new Option<bool>("--tsv")
        {
            Description = "Read pairs from standard input, a pair a line with a tab between; print a score a line.",
        };
        var names = new Argument<string[]>("NAME") { Description = "Two names.", Arity = ArgumentArity.ZeroOrMore };
        var compare = new Command("compare", "Say how likely two strings are renderings of one name.") { names, tsv };
        compare.SetAction(parsed =>
            parsed.GetValue(tsv) ? Pairs(Console.In, Console.Out)
            : parsed.GetRequiredValue(names) is [var one, var other] ? Two(one, other)
            : Refuse()
        );
        return new Command("names", "Compare names written by different hands, in different scripts.") { compare };
    }

    internal static int Pairs(TextReader input, TextWriter output)
    {
        while (input.ReadLine() is { } line)
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var score = tab < 0 ? 0 : NameComparison.Score(line[..tab], line[(tab + 1)..]);
            output.WriteLine(score.ToString("0.0000", CultureInfo.InvariantCulture));
        }

        return 0;
    }

    private static int Two(string one, string other)
    {
        var score = NameComparison.Score(one, other);
        var words = score >= NameComparison.Same ? "one name" : "two names";
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{score:0.00} {words}"));
        return 0;
    }

    private static int Refuse()
    {
        Console.Error.WriteLine("Name two names, or use --tsv.");
        return ExitCode.Usage;
    }
}
