using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>What kind of encounter the text reports, if any.</summary>
internal sealed class Kind(Page page, Frames frames, Found<DateOnly>? published)
{
    private const int LongestLink = 2;

    private static readonly string[] SecurityRoles =
    [
        "interior-minister",
        "defence-minister",
        "justice-minister",
        "deputy-minister",
        "service-head",
    ];

    public Found<string> Decide(CastList cast, List<string> serviceStates)
    {
        var (kind, rule) = Choose(cast, serviceStates);
        var shown = page.Title is { } title ? new Span(title.Start, title.Length) : FirstSpan();
        return new Found<string>(kind, kind == "meeting" ? 0.85 : 0.8, [shown], rule);
    }

    private (string Kind, string Rule) Choose(CastList cast, List<string> serviceStates)
    {
        var domains = Domains();
        var body = page.Body.Select(frames.Of).ToList();
        if (IsOperation(cast, serviceStates, domains))
            return ("operation", "kind/operation");
        if (!IsSecurityEncounter(cast, domains))
            return ("none", "kind/none");
        var title = page.Sentences.Find(sentence => sentence.Paragraph.IsTitle) is { } heading
            ? frames.Of(heading)
            : null;
        if (
            (
                title is { Calls: true }
                || body.Take(2).Any(frame => frame is { Calls: true, History: false, Denied: false, Instructed: false })
            ) && !body.Take(4).Any(frame => frame.Sentence.Has("frames", "video"))
        )
            return ("call", "kind/call");
        if (IsSigning(title, body))
            return ("signing", "kind/signing");
        if (IsVisit(title, body, cast))
            return ("visit", "kind/visit");
        if (!page.Sentences.Select(frames.Of).Any(frame => frame.Meets || frame.Signs || frame.Attends || frame.Visits))
            return ("statement", "kind/statement");
        return ("meeting", "kind/meeting");
    }

    private int Domains() =>
        page
            .Sentences.Where(sentence => !frames.Of(sentence).Denied)
            .SelectMany(sentence => sentence.Tags)
            .Where(tag => tag.Category == "domains")
            .Select(tag => tag.Code)
            .Distinct()
            .Count();

    // Services of two states arrest, seize or rescue, and no ministers meet.
    private bool IsOperation(CastList cast, List<string> serviceStates, int domains)
    {
        if (serviceStates.Count < 2 || domains == 0 || frames.All.Any(frame => frame.Sentence.Has("frames", "alone")))
            return false;
        var lead = page
            .Sentences.Where(sentence => sentence.Paragraph.IsTitle || IsSentence(frames.Of(sentence)))
            .Take(5)
            .Select(frames.Of)
            .ToList();
        var operates = lead.Count(frame => frame.Operates && !frame.Denied && !frame.Third);
        var results = lead.Count(frame =>
            frame.Sentence.Tags.Exists(tag =>
                tag.Category == "results"
                && tag.Code
                    is "arrests"
                        or "network-dismantled"
                        or "victims-rescued"
                        or "seizure"
                        or "attack-foiled"
                        or "attempts-thwarted"
            )
        );
        var met = page
            .Sentences.Take(6)
            .Select(frames.Of)
            .Any(frame =>
                frame.Meets && cast.Acting.Any(person => person.Mentions.Exists(m => m.Sentence == frame.Sentence))
            );
        return operates >= 1
            && operates + results >= 2
            && !met
            && !HasTwoSides(cast)
            && !lead.Take(3).Any(frame => frame.Denied);
    }

    private static bool HasTwoSides(CastList cast) =>
        cast.Acting.Where(person => person.Role is not null && person.Role != "other-official")
            .Select(person => person.Side)
            .Distinct()
            .Count() >= 2;

    private bool IsSecurityEncounter(CastList cast, int domains)
    {
        if (cast.Acting.Count == 0)
            return cast.Partners.Count >= 2 && domains > 0 && (StatesMeet() || Announces());
        if (cast.Partners.Count < 2 && !IsAbroad(cast))
            return false;
        var encounter = page.Sentences.Take(8).Select(frames.Of).Any(frame => frame.Encounter || frame.Attends);
        if (!encounter && !HasTwoSides(cast))
            return false;
        if (cast.Acting.Any(person => SecurityRoles.Contains(person.Role)))
            return true;
        if (cast.Acting.Any(person => person.Role is "other-minister"))
            return false;
        return domains >= (cast.Acting.Any(person => person.Role is "foreign-minister") ? 3 : 1);
    }

    // "España y Marruecos firmaron …": nobody is named, but the title or first sentence has two states do it together.
    private bool StatesMeet() =>
        page
            .Sentences.Where(sentence => sentence.Paragraph.IsTitle)
            .Concat(page.Body.Where(sentence => IsSentence(frames.Of(sentence))).Take(1))
            .Any(sentence =>
                frames.Of(sentence) is { Denied: false, Third: false, History: false, Comments: false } frame
                && (frame.Meets || frame.Signs)
                && !sentence.Has("frames", "expected")
                && NamesPair(sentence)
            );

    // "The ministry announces that two liaison officers have gone to Nairobi": something done under an instrument with the
    // other state, told in the first sentences.
    private bool Announces() =>
        page
            .Body.Where(sentence => IsSentence(frames.Of(sentence)))
            .Take(2)
            .Any(sentence =>
                frames.Of(sentence) is { Denied: false, Third: false, Comments: false }
                && sentence.Has("commitments")
                && sentence.Has("instruments")
                && sentence
                    .Tags.Where(tag => tag.Category is "country" or "demonym")
                    .Select(tag => tag.Code)
                    .Distinct()
                    .Count() >= 2
            );

    // "Marokko und Spanien", "maroco-espagnole", "بين المغرب وإسبانيا": two states with no more than a link between.
    private static bool NamesPair(Sentence sentence)
    {
        var states = sentence.Tags.FindAll(tag => tag.Category is "country" or "demonym");
        return states.Exists(one =>
            states.Exists(other =>
                other.Code != one.Code && other.First >= one.End && other.First - one.End <= LongestLink
            )
        );
    }

    // "en mission en France, a été reçu par …": two ministers met, though the guest's state is nowhere named.
    private bool IsAbroad(CastList cast) =>
        cast.Acting.Count(person => SecurityRoles.Contains(person.Role)) >= 2
        && page.Sentences.Take(5)
            .Any(sentence =>
                sentence.Tags.Exists(tour =>
                    tour is { Category: "frames", Code: "tour" }
                    && sentence.Tags.Exists(place =>
                        place.Category == "country" && place.First >= tour.End - 1 && place.First - tour.End <= 3
                    )
                )
            );

    private bool IsSigning(Frame? title, List<Frame> body)
    {
        if (title is { Signs: true, Denied: false } && !title.Sentence.Has("frames", "expected"))
            return true;
        if (body.FirstOrDefault(IsSentence) is not { } first)
            return false;
        if (first.Visits && !first.Signs)
            return false;
        var second = body.SkipWhile(frame => frame != first).Skip(1).FirstOrDefault();
        if (SignedEarlier.In(page, first.Sentence, published) is not null)
            return false;
        if (first.Signs && !first.Denied && !first.History && HasInstrument(first))
            return !first.Visits || SignsFirst(first);
        return second is { Signs: true, Denied: false, History: false }
            && !first.Meets
            && HasInstrument(second)
            && second.Sentence.Paragraph == first.Sentence.Paragraph;
    }

    // Not a byline or a date.
    private bool IsSentence(Frame frame)
    {
        int words = 0,
            numbers = 0;
        for (var i = frame.Sentence.First; i < frame.Sentence.End; i++)
            if (page.Tokens[i].IsWord)
                words++;
            else if (page.Tokens[i].Kind == TokenKind.Number)
                numbers++;
        return words > 7 && numbers * 3 < words;
    }

    private static bool SignsFirst(Frame frame) =>
        frame.Sentence.Tags.Find(tag => tag.Category == "frames" && tag.Code is "sign" or "visit" or "meet")?.Code
        == "sign";

    private static bool HasInstrument(Frame frame) => frame.Sentence.Has("instruments");

    // Framed as a visit, and more than one encounter or a site.
    private bool IsVisit(Frame? title, List<Frame> body, CastList cast)
    {
        var lead = body.Take(4).ToList();
        var framed =
            title is { Visits: true }
            || lead.Any(frame => frame.Visits && !frame.Third && !frame.Margins && !frame.History);
        if (!framed)
            return false;
        var site = frames.All.Any(frame =>
            !frame.Denied && !frame.History && !frame.Third && frame.Sentence.Has("frames", "site")
        );
        var several =
            lead.Any(frame => frame.Sentence.Has("frames", "multi")) || title?.Sentence.Has("frames", "multi") == true;
        var heads = cast.Acting.Any(person => person.Role is "head-of-state" or "head-of-government");
        return site || several || heads;
    }

    private Span FirstSpan()
    {
        var first = page.Paragraphs.Find(paragraph => paragraph.Aside is null) ?? page.Paragraphs.FirstOrDefault();
        return first is null ? new Span(0, 0) : new Span(first.Start, Math.Min(first.Length, 200));
    }
}
