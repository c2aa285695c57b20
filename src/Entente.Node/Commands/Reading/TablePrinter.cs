using System.Globalization;
using Entente.Node.Features.Readings;
using Entente.Reading;
using Spectre.Console;

namespace Entente.Node.Commands.Reading;

/// <summary>For people: who met whom, when, where, on what, and in which words the text says so.</summary>
internal sealed class TablePrinter : IReadingPrinter
{
    private const int LongestQuote = 70;

    public void Print(string file, string text)
    {
        var reading = CommuniqueReader.Default.Read(text);
        var draft = DraftOf.Reading(reading);
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(file)).Expand();
        table.AddColumns("", "found", "sure", "in these words");
        if (draft.Kind == "none")
        {
            AnsiConsole.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"[bold]{file}[/]: tells of no meeting or other encounter."
            );
            return;
        }

        table.AddRow("language", draft.Language, "", "");
        foreach (var value in draft.Values)
        {
            table.AddRow(
                Markup.Escape(value.Field),
                Markup.Escape(string.Join(", ", value.Parts.Values)),
                value.Confidence.ToString("P0", CultureInfo.InvariantCulture),
                Markup.Escape(Quote(text, value.Spans))
            );
        }

        AnsiConsole.Write(table);
    }

    private static string Quote(string text, IReadOnlyList<DraftSpan> spans)
    {
        if (spans.Count == 0)
        {
            return "";
        }

        var words = text.Substring(spans[0].Start, Math.Min(spans[0].Length, LongestQuote)).ReplaceLineEndings(" ");
        return spans[0].Length > LongestQuote ? words + "…" : words;
    }
}
