using Entente.Reading.Measuring;
using Entente.Reading.Rules;
using Entente.Reading.Text;

namespace Entente.Reading;

/// <summary>Reads a communiqué or press text. Thread safe, deterministic, without I/O or clock.</summary>
/// <example><c>var reading = CommuniqueReader.Default.Read(text);</c></example>
public sealed class CommuniqueReader
{
    private readonly ReadingHints _without = new();

    public static CommuniqueReader Default { get; } = new();

    public Reading Read(string text, ReadingHints? hints = null) =>
        Calibration.Apply(Find(Cut(text, hints ?? _without), hints ?? _without));

    // From text to tagged sentences.
    private static Page Cut(string text, ReadingHints hints)
    {
        var page = new Page(text) { Url = hints.Url };
        Paragraphs.Split(page);
        Furniture.SetAside(page);
        Languages.Recognise(page);
        Titles.Find(page);
        Sentences.CutAndTag(page);
        return page;
    }

    // From tagged sentences to values.
    private static Reading Find(Page page, ReadingHints hints)
    {
        var frames = new Frames(page);
        var published = new Publication(page, hints).Find();
        var people = new People(page, hints).Find();
        var sides = new Sides(page, frames);
        var weights = sides.Weights();
        sides.Assign(people, weights);
        var casting = new Cast(page, frames);
        var cast = casting.Choose(people, weights);
        var kind = new Kind(page, frames, published).Decide(cast, casting.ServiceStates());
        if (kind.Value == "operation")
            cast = casting.OfOperation(people, weights);
        if (kind.Value == "none")
            return Nothing(page, published, kind);
        var operation = kind.Value == "operation";
        var date = new EncounterDate(page, frames).Find(published, operation);
        var formats = Formats.Find(page, frames, kind.Value);
        var place =
            operation || kind.Value == "call" || IsByVideo(page, formats)
                ? null
                : new EncounterPlace(page, frames, published).Find();
        var topics = new Topics(page, frames);
        var instruments = new Instruments(page, frames, cast, published).Find(date);
        return new Reading(
            page.Language,
            published,
            new Encounter(kind, date, place, formats),
            cast.Partners,
            cast.Participants,
            new Bodies(page, frames).Find(),
            topics.Domains(),
            topics.Commitments(instruments),
            instruments,
            new Results(page, frames).Find(cast, operation),
            cast.Mentioned,
            Aside(page),
            TitleOf(page)
        );
    }

    // Told in the first sentences, the screen is the place.
    private static bool IsByVideo(Page page, List<Found<string>> formats) =>
        formats.Exists(format => format.Value == "by-video")
        && page.Sentences.Take(4).Any(sentence => sentence.Has("frames", "video"));

    private static Reading Nothing(Page page, Found<DateOnly>? published, Found<string> kind) =>
        new(
            page.Language,
            published,
            new Encounter(kind, null, null, []),
            [],
            [],
            [],
            [],
            [],
            [],
            [],
            [],
            Aside(page),
            TitleOf(page)
        );

    private static string? TitleOf(Page page) =>
        page.Title is { } title ? page.Text.Substring(title.Start, title.Length) : null;

    private static List<SetAside> Aside(Page page) =>
        [
            .. page
                .Paragraphs.Where(paragraph => paragraph.Aside is not null)
                .Select(paragraph => new SetAside(new Span(paragraph.Start, paragraph.Length), paragraph.Aside!)),
        ];
}
