using System.Globalization;
using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Dates;

/// <summary>Finds the dates of a run of tokens: digits, month names, weekdays and words counted from today.</summary>
internal sealed class DateFinder(Page page, IReadOnlyList<Tag> tags)
{
    private readonly List<Token> _tokens = page.Tokens;

    public static List<DateMention> In(Page page, Sentence sentence) =>
        new DateFinder(page, sentence.Tags).Find(sentence.First, sentence.End);

    public List<DateMention> Find(int first, int end)
    {
        var found = new List<DateMention>();
        for (var at = first; at < end; )
        {
            var mention = Numeric(at, end) ?? DayFirst(at, end) ?? MonthFirst(at, end) ?? Word(at, end) ?? BareYear(at);
            if (mention is null)
            {
                at++;
                continue;
            }
            found.Add(mention);
            at = mention.End;
        }
        return Joined(found);
    }

    // "lundi 14 avril", "hier, mercredi 19 juillet 2023": one date said twice.
    private static List<DateMention> Joined(List<DateMention> found)
    {
        for (var i = found.Count - 2; i >= 0; i--)
        {
            var (a, b) = (found[i], found[i + 1]);
            if (b.First - a.End > 2 || (a.Weekday is null && a.Offset is null) || a.Day is not null)
                continue;
            if (b.Day is null && b.Weekday is null)
                continue;
            // "lundi et mardi" are two days.
            if (a.Weekday is { } first && b.Weekday is { } second && first != second)
                continue;
            found[i] = b with { First = a.First, Weekday = a.Weekday ?? b.Weekday, Offset = a.Offset ?? b.Offset };
            found.RemoveAt(i + 1);
        }
        return found;
    }

    private int? Value(int at, int least, int most)
    {
        if (at >= _tokens.Count || _tokens[at].Kind != TokenKind.Number)
            return null;
        return
            int.TryParse(_tokens[at].Folded, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= least
            && value <= most
            ? value
            : null;
    }

    private DateMention? Numeric(int at, int end)
    {
        if (at + 3 >= end || _tokens[at].Kind != TokenKind.Number || _tokens[at + 1].Kind != TokenKind.Mark)
            return null;
        var mark = _tokens[at + 1].Folded;
        if (mark is not ("/" or "." or "-") || !_tokens[at + 1].Glued)
            return null;
        if (
            at + 4 < end
            && _tokens[at + 3].Folded == mark
            && Value(at, 1900, 2100) is { } y
            && Value(at + 2, 1, 12) is { } m
            && Value(at + 4, 1, 31) is { } d
        )
            return Dated(at, at + 5, y, m, d);
        if (
            at + 4 < end
            && _tokens[at + 3].Folded == mark
            && Value(at + 4, 1900, 2100) is { } year
            && Value(at, 1, 31) is { } a
            && Value(at + 2, 1, 31) is { } b
        )
            return b <= 12 ? Dated(at, at + 5, year, b, a) : Dated(at, at + 5, year, a, b);
        if (
            mark == "."
            && _tokens[at + 3].IsMark('.')
            && Value(at, 1, 31) is { } day
            && Value(at + 2, 1, 12) is { } month
        )
            return new DateMention(at, at + 4, null, month, day, null, null);
        return null;
    }

    private static DateMention? Dated(int first, int end, int year, int month, int day) =>
        DateMention.Exists(year, month, day) ? new DateMention(first, end, year, month, day, null, null) : null;

    private DateMention? DayFirst(int at, int end)
    {
        if (Value(at, 1, 31) is not { } day)
            return null;
        var next = at + 1;
        while (
            next < end
            && next <= at + 3
            && _tokens[next] is { } t
            && (t.Folded is "." or "-" or "er" or "de" or "of" or "st" or "nd" or "rd" or "th" or "من" or "º")
        )
            next++;
        if (next >= end || MonthAt(next) is not { } month)
            return null;
        var after = SkipSecondMonth(month.End, end);
        var year = Year(ref after, end);
        return year is { } y && !DateMention.Exists(y, month.Value, day)
            ? null
            : new DateMention(at, after, year, month.Value, day, null, null);
    }

    private DateMention? MonthFirst(int at, int end)
    {
        if (MonthAt(at) is not { } month)
            return null;
        var next = month.End;
        if (next < end && _tokens[next].Folded is "." or ",")
            next++;
        if (next < end && Value(next, 1, 31) is { } day && page.Language == "en")
        {
            next++;
            if (next < end && _tokens[next].Folded is "st" or "nd" or "rd" or "th")
                next++;
            var after = next;
            return new DateMention(at, after, Year(ref after, end), month.Value, day, null, null) with { End = after };
        }
        var tail = SkipSecondMonth(month.End, end);
        var year = Year(ref tail, end);
        return year is null ? null : new DateMention(at, tail, year, month.Value, null, null, null);
    }

    // "كانون الثاني/يناير": the same month in two calendars' words.
    private int SkipSecondMonth(int at, int end) =>
        at + 1 < end && _tokens[at].Folded is "/" or "(" or "." && MonthAt(at + 1) is { } second ? second.End
        : at < end
        && _tokens[at].IsMark('.')
        && _tokens[at].Glued
        && at + 1 < end
        && Value(at + 1, 1900, 2100) is not null
            ? at + 1
        : at;

    private int? Year(ref int at, int end)
    {
        var next = at;
        while (
            next < end
            && next < at + 2
            && _tokens[next].Folded is "," or "de" or "del" or "of" or "سنه" or "عام" or "لسنه"
        )
            next++;
        if (Value(next, 1900, 2100) is not { } year || next >= end)
            return null;
        at = next + 1;
        return year;
    }

    private DateMention? Word(int at, int end)
    {
        var tag = tags.FirstOrDefault(tag =>
            tag.First == at && (tag.Category == "weekdays" || tag.Category == "days" && tag.Code != "-7")
        );
        if (tag is null || tag.End > end)
            return null;
        var value = int.Parse(tag.Code, CultureInfo.InvariantCulture);
        return tag.Category == "weekdays"
            ? new DateMention(at, tag.End, null, null, null, value, null)
            : new DateMention(at, tag.End, null, null, null, null, value);
    }

    private DateMention? BareYear(int at) =>
        Value(at, 1950, 2100) is { } year
        && _tokens[at].Length == 4
        && !IsRange(at - 1, at - 2)
        && !IsRange(at + 1, at + 2)
            ? new DateMention(at, at + 1, year, null, null, null, null)
            : null;

    // "2024-2026": what a plan is for, not when anything was.
    private bool IsRange(int mark, int year) =>
        mark > 0
        && mark < _tokens.Count
        && _tokens[mark].Folded is "-" or "/"
        && _tokens[mark].Glued
        && Value(Math.Max(year, 0), 1950, 2100) is not null;

    private (int Value, int End)? MonthAt(int at)
    {
        foreach (var tag in tags)
            if (tag.First == at && tag.Category == "months")
                return (int.Parse(tag.Code, CultureInfo.InvariantCulture), tag.End);
        return null;
    }
}
