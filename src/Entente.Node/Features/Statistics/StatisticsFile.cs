using System.Globalization;
using System.Text;

namespace Entente.Node.Features.Statistics;

/// <summary>The year as CSV for a spreadsheet, in codes and English column names: what is reported reads the same everywhere.</summary>
internal static class StatisticsFile
{
    public static string Of(StatisticsYear year)
    {
        var text = new StringBuilder();
        Line(
            text,
            "year",
            "table",
            "direction",
            "country",
            "urgency",
            "requests",
            "answered",
            "in_time",
            "late",
            "refused",
            "beyond_limit_for_authorisation",
            "ground",
            "refusals"
        );
        foreach (var line in year.Lines)
        {
            Line(
                text,
                Number(year.Year),
                "requests",
                line.Direction,
                line.Country,
                line.Urgent ? "urgent" : "not-urgent",
                Number(line.Requests),
                Number(line.Answered),
                Number(line.InTime),
                Number(line.Late),
                Number(line.Refused),
                Number(line.Authorisations),
                "",
                ""
            );
        }

        foreach (var (direction, ground, count) in year.Grounds)
        {
            string[] none = ["", "", "", "", "", "", "", ""];
            Line(text, [Number(year.Year), "refusals", direction, .. none, ground, Number(count)]);
        }

        return text.ToString();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, params string[] cells) =>
        text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    /// <summary>RFC 4180; a cell that a spreadsheet would run as a formula is made plain text. Grounds come from partners.</summary>
    internal static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n")
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }
}
