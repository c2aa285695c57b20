using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>Which states are present, and whom each person represents. What the words say comes first; a counterpart
/// stands for another state than the person faced; who is left belongs to the state nobody represents yet.</summary>
internal sealed class Sides(Page page, Frames frames)
{
    /// <summary>How strongly each state is present in the article: title and first sentences count more.</summary>
    public Dictionary<string, double> Weights()
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var sentence in page.Sentences)
        {
            var frame = frames.Of(sentence);
            var weight =
                sentence.Paragraph.IsTitle ? 3.0
                : sentence.Order <= 4 ? 2.0
                : 1.0;
            if (frame.Third || frame.Denied || frame.History || frame.Comments)
                weight *= 0.3;
            foreach (var tag in sentence.Tags)
                if (StateOf(tag) is { } state)
                    weights[state] =
                        weights.GetValueOrDefault(state)
                        + weight
                            * (
                                tag.Category is "country" or "demonym" or "bodies" ? 1
                                : tag.Category == "capital" ? 0.7
                                : 0.4
                            );
        }
        return weights;
    }

    public static string? StateOf(Tag tag) =>
        tag.Category switch
        {
            "country" or "demonym" or "capital" => tag.Code,
            "city" or "bodies" when tag.Code.Length > 2 && tag.Code[2] == ':' => tag.Code[..2],
            _ => null,
        };

    public void Assign(List<Person> people, Dictionary<string, double> weights)
    {
        foreach (var person in people)
            person.Side = Stated(person) ?? FromBody(person) ?? FromList(person);
        foreach (var person in people.Where(person => person.Side is null))
            person.Side = Federal(person, weights);
        Oppose(people, weights);
        var taken = people
            .Where(person => person.Side is not null)
            .Select(person => person.Side!)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var person in people.Where(person => person.Side is null))
            person.Side = Strongest(weights, taken) ?? Strongest(weights, []);
    }

    private static string? Stated(Person person) =>
        person.Mentions.Select(mention => mention.Side).FirstOrDefault(side => side is not null)?.Code;

    private string? FromBody(Person person)
    {
        foreach (var mention in person.Mentions)
        {
            if (mention.Post is not { } post)
                continue;
            var first = Math.Min(post.First, mention.First);
            var end = Math.Max(post.End, mention.End) + 6;
            foreach (var tag in mention.Sentence.Tags)
                if (
                    tag.Category == "bodies"
                    && tag.First >= first
                    && tag.End <= end
                    && StateOf(tag) is { } state
                    && NoMark(post.End, tag.First)
                )
                    return state;
        }
        return null;
    }

    private bool NoMark(int first, int end)
    {
        for (var i = first; i < end; i++)
            if (page.Tokens[i].Kind == TokenKind.Mark && page.Tokens[i].Folded is "," or ";" or ":")
                return false;
        return true;
    }

    // "Du côté belge, y ont siégé …", "Auf deutscher Seite sitzen …": the nearest such words before the name.
    private string? FromList(Person person)
    {
        foreach (var mention in person.Mentions)
            if (SideFrameBefore(mention.Sentence, mention.First) is { } state)
                return state;
        var first = person.Mentions[0];
        return
            first.Sentence.Has("sideframes")
            && first.Sentence.Order > 0
            && page.Sentences[first.Sentence.Order - 1] is var previous
            && !HasOwnSide(first.Sentence)
            ? SideFrameBefore(previous, previous.End)
            : null;
    }

    private static bool HasOwnSide(Sentence sentence) => sentence.Has("demonym") || sentence.Has("country");

    private static string? SideFrameBefore(Sentence sentence, int position)
    {
        string? state = null;
        foreach (var frame in sentence.Tags)
        {
            if (frame.Category != "sideframes" || frame.First > position)
                continue;
            var near = sentence.Tags.Find(tag =>
                tag.Category is "demonym" or "country" && tag.First <= frame.End + 1 && tag.End >= frame.First - 1
            );
            state = near?.Code ?? state;
        }
        return state;
    }

    // A federal minister of a text in German is of the German-speaking federation most present.
    private string? Federal(Person person, Dictionary<string, double> weights)
    {
        if (
            page.Language != "de"
            || !person.Mentions.Exists(m =>
                m.Post is { } post && page.Tokens[post.First].Folded.StartsWith("bundes", StringComparison.Ordinal)
            )
        )
            return null;
        return weights
                .Where(pair => pair.Key is "DE" or "AT" or "CH")
                .OrderByDescending(pair => pair.Value)
                .Select(pair => pair.Key)
                .FirstOrDefault()
            ?? "DE";
    }

    private static void Oppose(List<Person> people, Dictionary<string, double> weights)
    {
        foreach (var person in people)
        {
            if (person.Mentions.Find(mention => mention.Counterpart is not null) is not { } facing)
                continue;
            var principal = Principal(people, person, facing);
            if (principal is null)
                continue;
            if (person.Side is null && principal.Side is not null)
                person.Side = Strongest(weights, [principal.Side]);
            else if (principal.Side is null && person.Side is not null)
                principal.Side = Strongest(weights, [person.Side]);
        }
    }

    // Whom the counterpart faces: the posted person named last before, in the same sentence or earlier.
    private static Person? Principal(List<Person> people, Person person, NameMention facing)
    {
        Person? best = null;
        var nearest = -1;
        foreach (var other in people)
        {
            if (other == person || other.Posted is not { Counterpart: null })
                continue;
            foreach (var mention in other.Mentions)
                if (
                    mention.First < facing.First + 20
                    && mention.First > nearest
                    && mention.Sentence.Order <= facing.Sentence.Order
                )
                    (best, nearest) = (other, mention.First);
        }
        return best;
    }

    private static string? Strongest(Dictionary<string, double> weights, HashSet<string> except) =>
        weights
            .Where(pair => !except.Contains(pair.Key))
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Key)
            .FirstOrDefault();
}
