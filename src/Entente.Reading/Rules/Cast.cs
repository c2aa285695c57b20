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
    public CastList Choose(List<Person> people, Dictionary<string, double> weights)
    {
        foreach (var person in people)
            person.Participates = Participates(person);
        CopyCounterparts(people);
        var acting = people.FindAll(person => person.Participates);
        return new CastList(
            Partners(acting, weights),
            [.. acting.Select(Present)],
            [.. people.Where(person => !person.Participates).Select(Mention)],
            acting
        );
    }

    private static void CopyCounterparts(List<Person> people)
    {
        foreach (
            var person in people.Where(person =>
                person.Role is null && person.Mentions.Exists(m => m.Counterpart is not null)
            )
        )
            person.Role =
                people.Find(other => other.Participates && other.Role is not null && other != person)?.Role
                ?? "other-official";
    }

    private bool Participates(Person person)
    {
        if (person.Mentions.TrueForAll(mention => mention.Former))
            return false;
        if (person.Role is "eu-official" || (person.Role is "head-of-state" or "head-of-government"))
            return false;
        var posted = person.Role is not null || person.Mentions.Exists(m => m.Counterpart is not null || m.Honorific);
        return posted
            && person.Mentions.Exists(mention =>
            {
                var frame = frames.Of(mention.Sentence);
                return !frame.Denied && !frame.Third && !frame.Comments && !(frame.History && !frame.Meets);
            });
    }

    private List<Found<string>> Partners(List<Person> acting, Dictionary<string, double> weights)
    {
        var states = acting
            .Where(person => person.Side is not null)
            .GroupBy(person => person.Side!, StringComparer.Ordinal)
            .Select(group => group.Key)
            .ToList();
        foreach (var (state, _) in weights.OrderByDescending(pair => pair.Value))
            if (states.Count < 2 && !states.Contains(state))
                states.Add(state);
        return
        [
            .. states
                .Order(StringComparer.Ordinal)
                .Select(state => new Found<string>(state, 0.9, SpansOf(state), "rule/sides"))
                .Where(found => found.Spans.Count > 0),
        ];
    }

    private List<Span> SpansOf(string state) =>
        [
            .. page
                .Sentences.SelectMany(sentence => sentence.Tags)
                .Where(tag => Sides.StateOf(tag) == state)
                .Select(page.SpanOf),
        ];

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
