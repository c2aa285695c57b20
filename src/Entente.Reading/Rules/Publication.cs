using Entente.Reading.Dates;
using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>When the text was published: a date line, the address, a dateline, or "hier, mercredi 19 juillet".</summary>
internal sealed class Publication(Page page, ReadingHints hints)
{
    public Found<DateOnly>? Find()
    {
        var title = page.Title?.Start ?? 0;
        var lines = page.Sentences.Take(3).Any(sentence => sentence.Has("frames", "speech")) ? [] : DateLines();
        var best =
            lines.Find(line => line.Marked && line.Paragraph.Start >= title)
            ?? lines.Find(line => line.Paragraph.Start >= title)
            ?? lines.FirstOrDefault();
        if (best is not null)
            return new Found<DateOnly>(best.Date, best.Marked ? 0.95 : 0.9, [best.Span], best.Rule);
        return FromSentence() ?? FromDateline() ?? FromAddressDate() ?? Hinted();
    }

    private sealed record Line(Paragraph Paragraph, DateOnly Date, Span Span, bool Marked, string Rule);

    private Found<DateOnly>? Hinted() =>
        hints.Published is { } known ? new Found<DateOnly>(known, 0.99, [new Span(0, 0)], "hint/published") : null;

    // A short line that is little more than a date, or that begins with a word such as "publié le".
    private List<Line> DateLines()
    {
        var lines = new List<Line>();
        foreach (var paragraph in page.Paragraphs)
        {
            if (paragraph.Aside is "related" or "comment" || paragraph.Length > 700 || !HasYear(paragraph))
                continue;
            if (page.Text.AsSpan(paragraph.Start, paragraph.Length).StartsWith("URL:", StringComparison.Ordinal))
                continue;
            var tokens = Tokeniser.Tokenise(page.Text, paragraph.Start, Math.Min(paragraph.End, paragraph.Start + 160));
            var local = new Page(page.Text) { Language = page.Language };
            local.Tokens.AddRange(tokens);
            var tags = new List<Tag>();
            Vocabulary.Of(page.Language).Tag(tokens, 0, tokens.Count, page.Text, tags);
            foreach (var mention in new DateFinder(local, tags).Find(0, tokens.Count))
            {
                if (mention.Full is not { } date)
                    continue;
                var words = tokens.Count - (mention.End - mention.First);
                var marked = tags.Exists(tag =>
                    tag.Category == "published" && tag.End <= mention.First && mention.First - tag.End < 6
                );
                if (words > 12 && !marked && !IsDateline(tokens, mention, tags) && !IsHeader(tokens, mention))
                    continue;
                if (
                    paragraph.Length > 160
                    && !marked
                    && !IsDateline(tokens, mention, tags)
                    && !IsHeader(tokens, mention)
                )
                    continue;
                if (
                    tags.Exists(tag => tag.Category == "frames" && tag.Code is "meet" or "sign" or "instructions")
                    && !marked
                    && !IsDateline(tokens, mention, tags)
                )
                    continue;
                lines.Add(
                    new Line(
                        paragraph,
                        date,
                        local.SpanOf(mention.First, mention.End),
                        marked,
                        marked ? "rule/published-mark" : "rule/date-line"
                    )
                );
                break;
            }
        }
        return lines;
    }

    // "date 2024-02-11 …": what a crawler wrote in front.
    private static bool IsHeader(List<Token> tokens, DateMention mention) =>
        mention.First == 1 && tokens[0].Folded == "date";

    // Four digits in a row: cheap to see, and most lines have none.
    private bool HasYear(Paragraph paragraph)
    {
        var run = 0;
        foreach (var c in page.Text.AsSpan(paragraph.Start, Math.Min(paragraph.Length, 160)))
        {
            run = char.IsDigit(c) ? run + 1 : 0;
            if (run == 4)
                return true;
        }
        return false;
    }

    // "RABAT, Jan. 26, 2023 (Agency) --", "أبوظبي في 14 يناير 2025": place and date open the text.
    private static bool IsDateline(List<Token> tokens, DateMention mention, List<Tag> tags) =>
        mention.First <= 14
        && tags.Exists(tag => tag.Category is "capital" or "city" && tag.End <= mention.First)
        && mention.End < tokens.Count
        && tokens[mention.End].Kind == TokenKind.Mark;

    private (string Text, int Start)? Address()
    {
        if (page.Text.StartsWith("URL:", StringComparison.Ordinal))
        {
            var end = page.Text.IndexOf('\n', StringComparison.Ordinal);
            return (page.Text[..(end < 0 ? page.Text.Length : end)], 0);
        }
        return hints.Url is { } url ? (url, -1) : null;
    }

    private Found<DateOnly>? FromAddressDate()
    {
        if (Address() is not { } address || UrlDate.Find(address.Text) is not { } found)
            return null;
        var span = address.Start < 0 ? new Span(0, 0) : new Span(found.Start, found.Length);
        return new Found<DateOnly>(found.Date, 0.95, [span], "rule/address-date");
    }

    // "Nuakchot, 29 jul (Agencia).-" under an address with the year: /2018/07/ or /07/18/.
    private Found<DateOnly>? FromDateline()
    {
        if (Address() is not { } address)
            return null;
        foreach (var sentence in page.Sentences.Take(3))
        foreach (var mention in DateFinder.In(page, sentence))
            if (
                mention is { Year: null, Month: { } month, Day: { } day }
                && mention.First - sentence.First <= 8
                && sentence.Tags.Exists(tag => tag.Category is "capital" or "city" && tag.End <= mention.First)
            )
                if (UrlDate.YearFor(address.Text, month) is { } year && DateMention.Exists(year, month, day))
                    return new Found<DateOnly>(
                        new DateOnly(year, month, day),
                        0.8,
                        [page.SpanOf(mention.First, mention.End)],
                        "rule/dateline"
                    );
        return null;
    }

    // "hier, mercredi 19 juillet 2023", "صدر اليوم السبت 22 جوان 2024": the day counted from publication, by arithmetic.
    private Found<DateOnly>? FromSentence()
    {
        foreach (var sentence in page.Sentences)
        foreach (var mention in DateFinder.In(page, sentence))
            if (mention is { Offset: { } offset, Full: { } date })
                return new Found<DateOnly>(
                    date.AddDays(-offset),
                    0.85,
                    [page.SpanOf(mention.First, mention.End)],
                    "rule/counted-day"
                );
        return null;
    }
}
