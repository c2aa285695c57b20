using Entente.Reading.Dates;
using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>When and where the encounter was, and in which formats.</summary>
internal sealed class EncounterRules(Page page, Frames frames)
{
    private const int LeadSentences = 8;

    private IEnumerable<Frame> Lead =>
        page.Sentences.Select(frames.Of).Where(frame => frame.Encounter && !frame.History);

    public Found<DateOnly>? Date(Found<DateOnly>? published, string kind)
    {
        foreach (var frame in Lead.OrderBy(frame => frame.Sentence.Paragraph.IsTitle).Take(LeadSentences))
        foreach (var mention in DateFinder.In(page, frame.Sentence))
            if (Resolve(mention, published?.Value) is { } date)
                return new Found<DateOnly>(
                    date,
                    mention.IsFull ? 0.92 : 0.85,
                    [page.SpanOf(mention.First, mention.End)],
                    "rule/encounter-date"
                );
        _ = kind;
        return null;
    }

    private static DateOnly? Resolve(DateMention mention, DateOnly? published)
    {
        if (mention.Full is { } full)
            return full;
        if (published is not { } day)
            return null;
        if (mention.Offset is { } offset)
            return day.AddDays(offset);
        if (mention is { Day: { } d, Month: { } m, Year: null })
        {
            var year =
                DateMention.Exists(day.Year, m, d) && new DateOnly(day.Year, m, d) > day.AddDays(60)
                    ? day.Year - 1
                    : day.Year;
            return DateMention.Exists(year, m, d) ? new DateOnly(year, m, d) : null;
        }
        if (mention is { Weekday: { } weekday, Day: null })
        {
            var back = ((int)day.DayOfWeek + 7 - weekday % 7) % 7;
            return day.AddDays(-back);
        }
        return null;
    }

    public Found<string>? Place()
    {
        foreach (var frame in Lead.OrderBy(frame => frame.Sentence.Paragraph.IsTitle))
        foreach (var tag in frame.Sentence.Tags)
            if (tag.Category is "capital" or "city" && HasPreposition(tag))
                return new Found<string>(Name(tag), 0.85, [page.SpanOf(tag)], tag.Entry.Name);
        return null;
    }

    private bool HasPreposition(Tag tag) =>
        tag.First > 0 && page.Tokens[tag.First - 1].Folded is "a" or "en" or "in" or "at" or "في";

    private string Name(Tag tag) =>
        tag.Category == "city" ? tag.Code[3..]
        : page.Language == "ar" ? Capitals.Latin(tag.Code)
        : page.Words(tag);

    public List<Found<string>> Formats()
    {
        var evidence = new Evidence(page);
        foreach (var frame in frames.All)
            if (!frame.Denied && !frame.Third)
                foreach (var tag in frame.Sentence.Tags)
                    if (tag.Category == "frames" && FormatOf(tag.Code) is { } format)
                        evidence.Add(format, tag);
        return evidence.ToFound();
    }

    private static string? FormatOf(string code) =>
        code switch
        {
            "plenary" or "enlarged" or "one-on-one" => code,
            "margins" => "on-the-margins",
            "video" => "by-video",
            "call" => "by-phone",
            _ => null,
        };
}
