using System.Globalization;
using System.Text.Json;
using Entente.Reading;
using Entente.Reading.Measuring;

namespace Entente.Node.Commands.Reading;

/// <summary>`entente read --score` and `--calibrate`: reads texts that have a label beside them, `a.json` for `a.txt`.</summary>
internal static class Labelled
{
    /// <param name="calibrate">Write the precision of each kind of evidence instead of the table.</param>
    /// <param name="errors">The field whose errors are listed.</param>
    public static int Measure(IEnumerable<TextFile> texts, bool calibrate, string? errors)
    {
        var score = new ReadingScore();
        foreach (var file in texts)
        {
            var label = Path.ChangeExtension(file.Name, ".json");
            if (file.Text is not { } text || !File.Exists(label))
            {
                Console.Error.WriteLine($"{file.Name}: {file.Problem ?? "has no label beside it"}");
                continue;
            }

            try
            {
                score.Add(file.Name, File.ReadAllText(label), CommuniqueReader.Default.Read(text));
            }
            catch (JsonException wrong)
            {
                Console.Error.WriteLine($"{label}: {wrong.Message}");
                return ExitCode.NotAllHeld;
            }
        }

        Console.Out.WriteLine(
            calibrate
                ? string.Join(Environment.NewLine, score.Precision())
                : string.Join(Environment.NewLine, score.Table().Prepend(Invariant($"{score.Texts} labelled texts")))
        );
        foreach (var error in score.Errors.Where(e => e.Field == errors))
        {
            Console.Out.WriteLine($"{error.File}: missed {error.Expected ?? "-"}; wrongly found {error.Found ?? "-"}");
        }

        return score.Texts == 0 ? ExitCode.NotAllHeld : 0;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
