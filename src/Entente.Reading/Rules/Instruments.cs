using System.Globalization;
using Entente.Reading.Dates;
using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>The agreements a text names, with their state and date. One of a type and status is one instrument.</summary>
internal sealed class Instruments(Page page, Frames frames, CastList cast, Found<DateOnly>? published)
{
    private readonly HashSet<string> _partners = cast
        .Partners.Select(partner => partner.Value)
        .ToHashSet(StringComparer.Ordinal);

    public List<Instrument> Find(Found<DateOnly>? encounter)
    {
        var found = new List<Instrument>();
        foreach (var frame in frames.All)
        foreach (var tag in frame.Sentence.Tags)
            if (tag.Category == "instruments" && StatusOf(frame, tag) is { } status && !IsElsewhere(frame))
                Add(found, Make(tag, status, frame, encounter));
        return found;
    }

    // The same type said again in a weaker state is the same instrument.
    private static void Add(List<Instrument> found, Instrument next)
    {
        var same = found.FindIndex(other => other.Type == next.Type);
        if (same < 0)
            found.Add(next);
        else if (found[same].Status is "existing" && found[same].Date is null && next.Status is not "existing")
            found[same] = next;
        else if (next.Status == "existing" && next.Date is not null && found[same].Status != "existing")
            found.Add(next);
    }

    private Instrument Make(Tag tag, string status, Frame frame, Found<DateOnly>? encounter)
    {
        var date = status switch
        {
            "signed" or "adopted" => encounter?.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "existing" => DateFinder.In(page, frame.Sentence).Find(mention => mention.Year is not null)?.Partial,
            _ => null,
        };
        return new Instrument(tag.Code, status, date, page.Words(tag), 0.8, [page.SpanOf(tag)], tag.Entry.Name);
    }

    // An instrument with a third state, or on another matter.
    private bool IsElsewhere(Frame frame)
    {
        if (frame.Sentence.Has("frames", "offtopic"))
            return true;
        var states = frame
            .Sentence.Tags.Select(Sides.StateOf)
            .OfType<string>()
            .Where(state => state != "EU")
            .ToHashSet(StringComparer.Ordinal);
        return states.Count > 0
            && !states.IsSubsetOf(_partners)
            && states.Count(_partners.Contains) < 2
            && !frame.Encounter;
    }

    private string? StatusOf(Frame frame, Tag tag)
    {
        if (frame.Third || frame.Comments && !frame.Agrees)
            return null;
        var dated = YearAfter(frame.Sentence, tag);
        if (SignedEarlier.In(page, frame.Sentence, published) is { } earlier && earlier.First >= tag.End)
            return "existing";
        if (frame.Denies(page, tag))
            return dated ? "existing" : null;
        if (tag.Code == "joint-communique")
            return frame.Sentence.Has("frames", "expected") && !frame.Signs ? "expected"
                : frame.Signs ? "signed"
                : "adopted";
        if (dated)
            return "existing";
        if (frame.Sentence.Has("frames", "proposed"))
            return "proposed";
        if (frame.Sentence.Has("frames", "expected") && !IsLongSince(frame.Sentence, tag))
            return "expected";
        if (frame.History || frame.Sentence.Has("frames", "existing"))
            return HasPastYear(frame.Sentence) || frame.Sentence.Has("frames", "existing") ? "existing" : null;
        if (IsLongSince(frame.Sentence, tag))
            return "existing";
        if (frame.Signs)
            return "signed";
        return frame.Sentence.Has("frames", "adopted") ? "adopted" : null;
    }

    // "convenio de 1997", "the 2016 agreement", "Abkommen von 2006": the year belongs to the instrument.
    private bool YearAfter(Sentence sentence, Tag tag) =>
        DateFinder
            .In(page, sentence)
            .Exists(mention =>
                mention is { Year: not null, Day: null }
                && (
                    (mention.First >= tag.End && mention.First - tag.End <= 5)
                    || (mention.End <= tag.First && tag.First - mention.End <= 2)
                )
            );

    // "adoptée à la suite des discussions …, en avril 2022": a month without a day is no date of this encounter.
    private bool IsLongSince(Sentence sentence, Tag tag) =>
        DateFinder
            .In(page, sentence)
            .Exists(mention => mention is { Year: not null, Day: null } && mention.First > tag.End);

    private bool HasPastYear(Sentence sentence) =>
        DateFinder.In(page, sentence).Exists(mention => mention.Year is not null);
}
