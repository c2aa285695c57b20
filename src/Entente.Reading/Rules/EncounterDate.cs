using Entente.Reading.Dates;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>When the encounter was: the best placed date of the sentences that tell of it, resolved by the day of
/// publication where the text only says "lundi" or "hier".</summary>
internal sealed class EncounterDate(Page page, Frames frames)
{
    private const int LeadSentences = 9;

    public Found<DateOnly>? Find(Found<DateOnly>? published, bool operation)
    {
        Found<DateOnly>? best = null;
        var highest = double.MinValue;
        foreach (var sentence in page.Sentences.Take(LeadSentences + 1))
        {
            var frame = frames.Of(sentence);
            if (frame.Denied || frame.Third || frame.Absent || frame.Comments)
                continue;
            foreach (var mention in DateFinder.In(page, sentence))
            {
                if (
                    Resolve(mention, published?.Value, frame) is not { } date
                    || IsPublication(mention, published)
                    || IsSince(mention)
                    || IsPost(sentence, mention)
                    || IsOneOfSeveral(sentence, mention, frame)
                )
                    continue;
                var score =
                    Score(frame, mention, sentence, operation) - (published is { } day && date > day.Value ? 0.5 : 0);
                if (score <= highest)
                    continue;
                highest = score;
                best = new Found<DateOnly>(
                    date,
                    mention.IsFull ? 0.92 : 0.85,
                    [page.SpanOf(mention.First, mention.End)],
                    "rule/encounter-date"
                );
            }
        }
        return highest > 0 ? best : Speech();
    }

    private static double Score(Frame frame, DateMention mention, Sentence sentence, bool operation) =>
        (frame.Meets || frame.Signs || frame.Calls || frame.Visits || (operation && frame.Operates) ? 2 : 0.6)
        - (frame.History ? 1.5 : 0)
        - (sentence.Has("frames", "expected") && !frame.Visits && !frame.Meets ? 1 : 0)
        - (sentence.Has("commitments", "follow-up-meeting") ? 1.2 : 0)
        - sentence.Order * 0.06
        - (sentence.Paragraph.IsTitle ? 0.5 : 0)
        - (SaysWhenSaid(sentence, mention) ? 1.5 : 0)
        + (mention.Offset is 1 ? -0.2 : 0);

    // "…, teilte die Polizei am Freitag mit": the day of the statement, not of what it tells.
    private static bool SaysWhenSaid(Sentence sentence, DateMention mention) =>
        sentence.Tags.Exists(tag =>
            tag.Category == "frames"
            && tag.Code == "issuer"
            && (tag.End <= mention.First ? mention.First - tag.End <= 1 : tag.First - mention.End <= 1)
        )
        || (
            mention.Offset == 0
            && sentence.Tags.Exists(tag =>
                tag.Category == "frames"
                && tag.Code is "issuer" or "adopted"
                && Math.Abs(tag.First - mention.First) <= 6
            )
        );

    // "du 20 au 22 mai", "lundi et mardi", "20.–21. marraskuuta": a stay, of which no day is the encounter's.
    private bool IsOneOfSeveral(Sentence sentence, DateMention mention, Frame frame)
    {
        if (!frame.Visits && mention.Weekday is null)
            return false;
        var others = DateFinder.In(page, sentence).FindAll(other => other != mention);
        return (frame.Visits && SpansDays(mention.First))
            || others.Exists(other =>
                other.First >= mention.End && other.First - mention.End <= 2 && IsSpan(mention.End, other.First)
            )
            || others.Exists(other =>
                mention.First >= other.End && mention.First - other.End <= 2 && IsSpan(other.End, mention.First)
            );
    }

    // A bare day of the month right before: "20.–21.", "20 au 22", "3 to 5".
    private bool SpansDays(int first)
    {
        var at = first - 1;
        while (at >= 0 && first - at <= 3 && Spans.Contains(page.Tokens[at].Folded))
            at--;
        return at >= 0 && at < first - 1 && page.Tokens[at].Kind == TokenKind.Number && page.Tokens[at].Length <= 2;
    }

    private bool IsSpan(int first, int end)
    {
        for (var i = first; i < end; i++)
            if (!Spans.Contains(page.Tokens[i].Folded))
                return false;
        return end > first || page.Tokens[first].Folded.StartsWith('و');
    }

    private static readonly HashSet<string> Spans =
    [
        "-",
        ".",
        "et",
        "au",
        "y",
        "al",
        "a",
        "and",
        "to",
        "und",
        "bis",
        "ja",
        "الي",
        "و",
    ];

    private bool IsSince(DateMention mention) =>
        mention.First > 0
        && page.Tokens[mention.First - 1].Folded
            is "seit"
                or "depuis"
                or "since"
                or "desde"
                or "منذ"
                or "ab"
                or "until"
                or "bis"
                or "hasta";

    // A dated post of a social network dates itself.
    private bool IsPost(Sentence sentence, DateMention mention)
    {
        for (var i = sentence.First; i < mention.First; i++)
            if (page.Tokens[i].IsMark('@'))
                return true;
        return false;
    }

    // The dateline that dated the text is not the encounter's date; "hier, mercredi 19 juillet" is both.
    private bool IsPublication(DateMention mention, Found<DateOnly>? published) =>
        published is not null
        && published.Entry is "rule/date-line" or "rule/published-mark" or "rule/dateline" or "rule/issued"
        && published.Spans.Any(span =>
            span.Start == page.Tokens[mention.First].Start
            || (span.Start <= page.Tokens[mention.First].Start && page.Tokens[mention.First].Start < span.End)
        );

    private DateOnly? Resolve(DateMention mention, DateOnly? published, Frame frame)
    {
        if (mention.Full is { } full)
            return published is { } day0 && Math.Abs(full.DayNumber - day0.DayNumber) > 400 ? null : full;
        if (published is not { } day)
            return null;
        if (mention.Offset is { } offset)
            return day.AddDays(offset);
        if (mention is { Day: { } d, Month: { } m, Year: null })
            return InYear(day, m, d);
        if (mention is { Weekday: { } weekday, Day: null, Year: null })
            return Back(day, weekday, frame, mention);
        return null;
    }

    private static DateOnly? InYear(DateOnly published, int month, int day)
    {
        var year = published.Year;
        if (DateMention.Exists(year, month, day) && new DateOnly(year, month, day) > published.AddDays(60))
            year--;
        return DateMention.Exists(year, month, day) ? new DateOnly(year, month, day) : null;
    }

    // The weekday last passed, today included; "viime viikon tiistaina", "la semaine dernière": the week before.
    private DateOnly? Back(DateOnly published, int weekday, Frame frame, DateMention mention)
    {
        var back = ((int)published.DayOfWeek + 7 - weekday % 7) % 7;
        var words = frame.Sentence.Tags.Find(tag =>
            tag.Category == "days" && tag.Code == "-7" && tag.First >= mention.First - 4 && tag.First <= mention.End + 3
        );
        if (words is not null)
        {
            var monday = published.AddDays(-(((int)published.DayOfWeek + 6) % 7)).AddDays(-7);
            return monday.AddDays(weekday - 1);
        }
        return published.AddDays(-back);
    }

    // A speech is dated by the line above it.
    private Found<DateOnly>? Speech()
    {
        if (!page.Sentences.Take(3).Any(sentence => sentence.Has("frames", "speech")))
            return null;
        foreach (var sentence in page.Sentences.Take(4))
        foreach (var mention in DateFinder.In(page, sentence))
            if (mention.Full is { } date)
                return new Found<DateOnly>(date, 0.8, [page.SpanOf(mention.First, mention.End)], "rule/speech-date");
        return null;
    }
}
