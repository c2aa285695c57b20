using Entente.Node.Features.Record;

namespace Entente.Node.Features.Readings;

/// <summary>What a draft says, as the record takes it.</summary>
internal static class DraftEncounter
{
    /// <summary>A sentence longer than this is a paragraph without stops; a commitment's wording is cut there.</summary>
    private const int LongestSentence = 600;

    public static AcceptedEncounter Of(ReadingText reading)
    {
        var draft = reading.Draft;
        return new AcceptedEncounter
        {
            Kind = draft.Kind,
            Date = draft.Single("date"),
            Place = draft.Single("place"),
            Countries = draft.Many("partner"),
            Formats = draft.Many("format"),
            People = [.. draft.Kept("participant").Select(Person)],
            Bodies = [.. draft.Kept("body").Select(b => new AcceptedBody(b.Part("value"), b.PartOrNull("side")))],
            Domains = draft.Many("domain"),
            Commitments =
            [
                .. draft
                    .Kept("commitment")
                    .DistinctBy(c => c.Part("value"))
                    .Select(c => new AcceptedCommitment(c.Part("value"), Sentence(reading.Text, c.Spans))),
            ],
            Instruments = [.. draft.Kept("instrument").Select(Instrument)],
            Results = [.. draft.Kept("result").Select(Result)],
            Source = new(reading.Row.Id, reading.Row.Title, draft.Language, draft.Single("published")),
        };
    }

    /// <summary>The sentence around the first of the spans, on one line.</summary>
    public static string Sentence(string text, IReadOnlyList<DraftSpan> spans)
    {
        if (spans.Count == 0)
        {
            return "";
        }

        var (start, end) = (spans[0].Start, spans[0].End);
        while (start > 0 && !Ends(text, start - 1) && end - start < LongestSentence)
        {
            start--;
        }

        while (end < text.Length && !Ends(text, end) && end - start < LongestSentence)
        {
            end++;
        }

        var stop = end < text.Length && text[end] != '\n' ? 1 : 0;
        var words = text[start..(end + stop)].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words);
    }

    // A full stop inside "M. Laftit" is followed by a capital too; only one after a longer word ends a sentence.
    private static bool Ends(string text, int at) =>
        text[at] is '\n' or '!' or '?' or '؟'
        || (
            text[at] == '.'
            && (at + 1 >= text.Length || char.IsWhiteSpace(text[at + 1]))
            && at >= 3
            && char.IsLetterOrDigit(text[at - 1])
            && char.IsLetterOrDigit(text[at - 2])
            && char.IsLetterOrDigit(text[at - 3])
        );

    private static AcceptedPerson Person(DraftValue v) =>
        new(v.Part("name"), v.PartOrNull("native"), v.Part("role"), v.Part("side"), v.Part("title"));

    private static AcceptedInstrument Instrument(DraftValue v) =>
        new(v.Part("type"), v.Part("status"), v.PartOrNull("date"), v.Part("words"));

    private static AcceptedResult Result(DraftValue v) =>
        new(
            v.Part("type"),
            Codes.TryAmount(v.Part("count"), out var amount) ? amount : null,
            v.Part("countries").Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
}
