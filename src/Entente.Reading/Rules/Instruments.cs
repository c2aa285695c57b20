using Entente.Reading.Dates;
using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>The agreements a text names, with their state and date.</summary>
internal sealed class Instruments(Page page, Frames frames)
{
    public List<Instrument> Find(Found<DateOnly>? encounter)
    {
        var found = new List<Instrument>();
        foreach (var frame in frames.All)
        foreach (var tag in frame.Sentence.Tags)
            if (
                tag.Category == "instruments"
                && StatusOf(frame) is { } status
                && !found.Exists(i => i.Type == tag.Code)
            )
                found.Add(Make(tag, status, frame, encounter));
        return found;
    }

    private Instrument Make(Tag tag, string status, Frame frame, Found<DateOnly>? encounter)
    {
        var date = DateFinder.In(page, frame.Sentence).Find(mention => mention.Year is not null)?.Partial;
        if (status is "signed" or "adopted")
            date = encounter?.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return new Instrument(tag.Code, status, date, page.Words(tag), 0.8, [page.SpanOf(tag)], tag.Entry.Name);
    }

    private static string? StatusOf(Frame frame)
    {
        if (frame.Denied || frame.Third)
            return null;
        if (frame.Sentence.Has("frames", "expected"))
            return "expected";
        if (frame.Sentence.Has("frames", "proposed"))
            return "proposed";
        if (frame.History || frame.Sentence.Has("frames", "existing"))
            return "existing";
        if (frame.Signs)
            return "signed";
        return frame.Sentence.Has("frames", "adopted") ? "adopted" : null;
    }
}
