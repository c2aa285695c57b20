using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>Who took part: the partner states, their people, and those merely mentioned.</summary>
internal sealed record CastList(
    IReadOnlyList<Found<string>> Partners,
    IReadOnlyList<Participant> Participants,
    IReadOnlyList<Found<string>> Mentioned,
    IReadOnlyList<Person> Acting
);

internal sealed class Cast(Page page, Frames frames)
{
    private const int LeadSentences = 5;

    public CastList Choose(List<Person> people, Dictionary<string, double> weights)
    {
        foreach (var person in people)
            person.Participates = Participates(person);
        Vague(people);
        var acting = people.FindAll(person => person.Participates);
        return new CastList(
            Partners(acting, weights),
            [.. acting.Select(Present)],
            [.. people.Where(person => !person.Participates).Select(Mention)],
            acting
        );
    }

    /// <summary>The reading of an operation: its services act, its people are quoted.</summary>
    public CastList OfOperation(List<Person> people, Dictionary<string, double> weights)
    {
        var states = ServiceStates();
        foreach (var (state, weight) in weights.OrderByDescending(pair => pair.Value))
            if (states.Count < 2 && weight >= 2 && !states.Contains(state))
                states.Add(state);
        return new CastList(Found(states, []), [], [.. people.Select(Mention)], []);
    }

    /// <summary>States whose services or police act in the first sentences.</summary>
    public List<string> ServiceStates()
    {
        var states = new List<string>();
        foreach (var sentence in page.Sentences.Take(LeadSentences + 3))
        {
            var frame = frames.Of(sentence);
            if (frame.Denied || frame.Third || frame.History && !frame.Operates || frame.Comments)
                continue;
            foreach (var tag in sentence.Tags)
                if (
                    Sides.StateOf(tag) is { } state
                    && (tag.Category is "bodies" or "country" or "demonym" || sentence.Has("services"))
                    && state is not "EU"
                    && !states.Contains(state)
                )
                    states.Add(state);
        }
        return states;
    }

    // A counterpart without a post has the post of the person faced; "the minister" alone is the ministry's minister.
    private void Vague(List<Person> people)
    {
        foreach (var person in people.Where(person => person.Participates && person.Role is null or "other-minister"))
        {
            if (person.Mentions.Exists(m => m.Counterpart is not null))
                person.Role = Faced(people, person)?.Role ?? "other-official";
            else if (
                person.Role == "other-minister"
                && person.Posted?.Post is { Words: 1 }
                && MinistryNear(person) is { } role
            )
                person.Role = role;
        }
    }

    private static Person? Faced(List<Person> people, Person person)
    {
        var at = person.Mentions.Find(m => m.Counterpart is not null)!.First;
        return people
            .Where(other =>
                other != person
                && other.Participates
                && other.Role is not null and not "other-official" and not "other-minister"
            )
            .OrderBy(other =>
                other.Mentions.Min(mention => mention.First < at ? at - mention.First : 500 + mention.First - at)
            )
            .FirstOrDefault();
    }

    private string? MinistryNear(Person person)
    {
        var last = person.Posted!.Sentence.Order;
        for (var order = last; order >= Math.Max(0, last - 2); order--)
        {
            foreach (var tag in page.Sentences[order].Tags)
                if (
                    tag.Category == "posts"
                    && tag.Code is "interior-minister" or "defence-minister" or "justice-minister"
                )
                    return tag.Code;
            var ministry = page.Sentences[order].Tags.Find(tag => tag.Category == "services" && tag.Code == "ministry");
            if (ministry is not null)
                return RoleOfMinistry(page.Words(ministry));
        }
        return null;
    }

    private static string RoleOfMinistry(string words)
    {
        var folded = Folding.Fold(words);
        return folded.Contains("def", StringComparison.Ordinal)
            || folded.Contains("verteid", StringComparison.Ordinal)
            || folded.Contains("دفاع", StringComparison.Ordinal)
            || folded.Contains("puolustus", StringComparison.Ordinal)
                ? "defence-minister"
            : folded.Contains("just", StringComparison.Ordinal)
            || folded.Contains("oikeus", StringComparison.Ordinal)
            || folded.Contains("عدل", StringComparison.Ordinal)
                ? "justice-minister"
            : "interior-minister";
    }

    private bool Participates(Person person)
    {
        if (person.Role is "eu-official" || person.Mentions.TrueForAll(mention => mention.Former || IsOutside(mention)))
            return false;
        if (person.Mentions.Exists(mention => mention.Former) && person.Mentions.Count < 3)
            return false;
        if (person.Role is "head-of-state" or "head-of-government")
            return person.Mentions.Exists(IsMetInPerson);
        if (person.Role is "other-official" or null && !person.Mentions.Exists(m => m.Counterpart is not null))
            return (person.Role is not null || person.Mentions.Exists(m => m.Honorific))
                && person.Mentions.Exists(TakesPart);
        return true;
    }

    private bool IsOutside(NameMention mention)
    {
        var frame = frames.Of(mention.Sentence);
        return frame.Denied
            || frame.Third
            || frame.Absent
            || (frame.History && !frame.Meets && !frame.Attends)
            || (frame.Comments && mention.Post is null && mention.Counterpart is null);
    }

    // "El presidente del Gobierno, X, fue recibido …": the first person of the sentence, right before the meeting.
    private bool IsReceived(NameMention mention) =>
        mention.Post is { } post
        && post.First - mention.Sentence.First <= 2
        && mention.Sentence.Tags.Exists(tag =>
            tag is { Category: "frames", Code: "meet" } && tag.First >= mention.End && tag.First - mention.End <= 4
        );

    private bool TakesPart(NameMention mention)
    {
        var frame = frames.Of(mention.Sentence);
        return !IsOutside(mention) && !frame.Comments && (frame.Meets || frame.Signs || frame.Attends || frame.Visits);
    }

    // Heads of state and government stand in the text for courtesy far more often than for having taken part.
    private bool IsMetInPerson(NameMention mention)
    {
        var frame = frames.Of(mention.Sentence);
        if (
            IsOutside(mention)
            || frame.History
            || frame.Instructed
            || frame.Margins
            || !frame.Meets
            || mention.Post is null
        )
            return false;
        if (Dates.DateFinder.In(page, mention.Sentence).Exists(date => date is { Year: not null, Day: null }))
            return false;
        if (IsReceived(mention))
            return true;
        var met = mention.Sentence.Tags.FindLast(tag =>
            tag.Category == "frames" && tag.Code == "meet" && tag.First < mention.First
        );
        if (met is null || mention.First - met.First > 32)
            return false;
        var visit = mention.Sentence.Tags.FindLast(tag =>
            tag.Category == "frames"
            && tag.Code is "visit" or "instructions"
            && tag.First < mention.First
            && tag.First > met.First
        );
        return visit is null;
    }

    private List<Found<string>> Partners(List<Person> acting, Dictionary<string, double> weights)
    {
        var states = acting
            .Where(person => person.Side is not null)
            .Select(person => person.Side!)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        foreach (var (state, weight) in weights.OrderByDescending(pair => pair.Value))
            if (states.Count < 2 && weight >= 1.5 && !states.Contains(state) && state != "EU" && InLead(state))
                states.Add(state);
        foreach (var state in Hosts())
            if (!states.Contains(state))
                states.Add(state);
        return Found(states, acting);
    }

    // A state without a person must at least stand in the headline or the first sentences.
    private bool InLead(string state) =>
        page
            .Sentences.Where(sentence => sentence.Order <= 7 || sentence.Paragraph.IsTitle)
            .Any(sentence =>
                !frames.Of(sentence).Denied
                && !frames.Of(sentence).Third
                && sentence.Tags.Exists(tag => Sides.StateOf(tag) == state)
            );

    // "emprendió un viaje a Senegal y Mauritania": each country of the tour is a partner, met or not.
    private List<string> Hosts()
    {
        var states = new List<string>();
        foreach (var sentence in page.Body.Take(3))
        foreach (var tag in sentence.Tags)
            if (tag.Category == "frames" && tag.Code == "tour")
                foreach (var place in sentence.Tags)
                    if (place.Category == "country" && place.First >= tag.End && place.First - tag.End <= 5)
                        states.Add(place.Code);
        return states;
    }

    private List<Found<string>> Found(List<string> states, List<Person> acting) =>
        [
            .. states
                .Order(StringComparer.Ordinal)
                .Select(state => new Found<string>(state, 0.9, SpansOf(state, acting), "rule/sides"))
                .Where(found => found.Spans.Count > 0),
        ];

    // Where the state is named; where it never is, the people who stand for it.
    private List<Span> SpansOf(string state, List<Person> acting)
    {
        List<Span> spans =
        [
            .. page
                .Sentences.SelectMany(sentence => sentence.Tags)
                .Where(tag => Sides.StateOf(tag) == state)
                .Select(page.SpanOf),
        ];
        return spans.Count > 0 ? spans : [.. acting.Where(person => person.Side == state).SelectMany(Spans)];
    }

    private Participant Present(Person person) =>
        new(
            person.Name,
            person.Native,
            person.Role is null or "eu-official" ? "other-official" : person.Role,
            person.Side ?? "",
            person.Posted is { } posted ? page.Words((posted.Post ?? posted.Counterpart)!) : "",
            person.Posted is null ? 0.6 : 0.9,
            Spans(person),
            person.Posted is { } why ? (why.Post ?? why.Counterpart)!.Entry.Name : "rule/honorific"
        );

    private List<Span> Spans(Person person) =>
        [.. person.Mentions.Select(mention => page.SpanOf(mention.First, mention.End))];

    private Found<string> Mention(Person person) => new(person.Name, 0.7, Spans(person), "rule/name");
}
