using System.Globalization;

namespace Entente.Reading;

/// <summary>Says in lines of plain text why each value of a reading was found: for <c>entente read --explain</c>.</summary>
public static class Explanation
{
    private const int LongestQuote = 80;

    public static IEnumerable<string> Lines(Reading reading, string text)
    {
        yield return $"language    {reading.Language}";
        if (reading.Published is { } published)
            yield return Line(
                "published",
                Iso(published.Value),
                published.Confidence,
                published.Spans,
                published.Entry,
                text
            );
        yield return Line("kind", reading.Encounter.Kind, text);
        if (reading.Encounter.Date is { } date)
            yield return Line("date", Iso(date.Value), date.Confidence, date.Spans, date.Entry, text);
        if (reading.Encounter.Place is { } place)
            yield return Line("place", place, text);
        foreach (var (field, values) in Lists(reading))
        foreach (var value in values)
            yield return Line(field, value, text);
        foreach (var person in reading.Participants)
            yield return Line(
                "participant",
                $"{person.Name} ({person.Role}, {person.Side})",
                person.Confidence,
                person.Spans,
                person.Entry,
                text
            );
        foreach (var instrument in reading.Instruments)
            yield return Line(
                "instrument",
                $"{instrument.Type} {instrument.Status} {instrument.Date}",
                instrument.Confidence,
                instrument.Spans,
                instrument.Entry,
                text
            );
        foreach (var result in reading.Results)
            yield return Line(
                "result",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{result.Type} {result.Count} {string.Join(',', result.Countries)}"
                ),
                result.Confidence,
                result.Spans,
                result.Entry,
                text
            );
        foreach (var aside in reading.SetAside)
            yield return $"set aside   {aside.Reason}: {Quote(text, aside.Span)}";
    }

    private static IEnumerable<(string, IReadOnlyList<Found<string>>)> Lists(Reading reading) =>
        [
            ("format", reading.Encounter.Formats),
            ("partner", reading.Partners),
            ("body", reading.Bodies),
            ("domain", reading.Domains),
            ("commitment", reading.Commitments),
            ("mentioned", reading.Mentioned),
        ];

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Line(string field, Found<string> found, string text) =>
        Line(field, found.Value, found.Confidence, found.Spans, found.Entry, text);

    private static string Line(
        string field,
        string value,
        double confidence,
        IReadOnlyList<Span> spans,
        string entry,
        string text
    ) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{field, -11} {value}  [{confidence:0.00}]  {entry}  <- {string.Join(" / ", spans.Take(3).Select(span => Quote(text, span)))}"
        );

    private static string Quote(string text, Span span) =>
        text.Substring(span.Start, Math.Min(span.Length, LongestQuote)).ReplaceLineEndings(" ");
}
