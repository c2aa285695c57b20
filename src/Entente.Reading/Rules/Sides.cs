using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>Which states are present, and whom each person represents. What the words say comes first; a counterpart
/// stands for another state than the person faced; who is named beside another belongs to the same delegation.</summary>
internal sealed class Sides(Page page, Frames frames)
{
    private readonly SideWords _words = new(page);

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
        var own = new Home(page, weights);
        foreach (var person in people)
            person.Side = Stated(person) ?? FromBody(person) ?? _words.FromList(person, weights) ?? own.Federal(person);
        Counterparts.Oppose(page, people, weights);
        var posted = people.FindAll(person =>
            person.Posted is not null || person.Mentions.Exists(mention => mention.Honorific)
        );
        foreach (var person in posted.Where(person => person.Side is null))
        {
            person.Side ??= Left(posted, person, own);
            Counterparts.Oppose(page, people, weights);
        }
        foreach (var person in people)
            person.Side ??= own.Of([]);
    }

    // Nothing said: the first person is the home's; others have the side of those they are listed with, else the
    // state nobody represents yet.
    private string? Left(List<Person> posted, Person person, Home own)
    {
        var index = posted.IndexOf(person);
        if (index == 0)
            return IsVisitor(person) && own.Of([]) is { } host
                ? own.Of([host])
                : own.Other(Faced(posted, person)) ?? own.Of([]);
        var facing = person.Mentions.Exists(mention => mention.Counterpart is not null);
        var opening = posted.Find(other => other != person && other.Side is not null)?.Side;
        // "… le directeur X et, du côté espagnol, Y": who stands before such words is of the other side.
        if (
            opening is not null
            && person.Mentions.Exists(mention => SideWords.LaterSide(mention) is { } later && later != opening)
        )
            return opening;
        // A head of state or government met on a visit is the host's.
        if (person.Role is "head-of-state" or "head-of-government" && Host(posted, opening) is { } receiving)
            return receiving;
        if (!facing && Beside(posted, index) is { } beside)
            return beside;
        var represented = posted
            .Where(other => other.Side is not null)
            .Select(other => other.Side!)
            .ToHashSet(StringComparer.Ordinal);
        if (Received(posted, person) is { } guest && represented.Except([guest]).ToList() is [var hosting])
            return hosting;
        var first = posted.Find(other => other != person && other.Side is not null);
        if (first is not null && person.Mentions.Exists(mention => frames.Of(mention.Sentence).Attends))
            return first.Side;
        if (represented.Count < 2)
            return own.Other(represented) ?? first?.Side;
        return StateIn(person.Mentions[0], represented) ?? first?.Side;
    }

    // "la visite effectuée par Mme X": she comes from elsewhere.
    private static bool IsVisitor(Person person) =>
        person.Mentions.Exists(mention =>
            mention.Sentence.Tags.Exists(tag =>
                tag.Category == "frames"
                && tag.Code == "visitor"
                && tag.End <= mention.First
                && mention.First - tag.End <= 2
            )
        );

    // "La ministra X fue recibida por Y": a meeting stands between the two, so Y is not of X's side.
    private static string? Received(List<Person> posted, Person person)
    {
        var mention = person.Mentions[0];
        var guest = posted
            .Where(other => other != person && other.Side is not null)
            .SelectMany(other => other.Mentions.Select(m => (other.Side, m.Sentence, m.First, m.End)))
            .Where(m => m.Sentence == mention.Sentence && m.End <= mention.First)
            .OrderBy(m => m.First)
            .LastOrDefault();
        return
            guest.Side is not null
            && mention.Sentence.Tags.Exists(tag =>
                tag is { Category: "frames", Code: "meet" } && tag.First >= guest.End && tag.End <= mention.First
            )
            ? guest.Side
            : null;
    }

    private static string? Host(List<Person> posted, string? home) =>
        home is null ? null : posted.Find(other => other.Side is not null && other.Side != home)?.Side;

    // Sides of the others in the first person's sentence: those it met.
    private static HashSet<string> Faced(List<Person> posted, Person person) =>
        [
            .. posted
                .Where(other =>
                    other != person
                    && other.Side is not null
                    && other.Mentions.Exists(m =>
                        m.Sentence == person.Mentions[0].Sentence || m.Counterpart is not null
                    )
                )
                .Select(other => other.Side!),
        ];

    private static string? StateIn(NameMention mention, HashSet<string> represented) =>
        mention
            .Sentence.Tags.Where(tag => tag.Category is "demonym" or "country" && represented.Contains(tag.Code))
            .OrderBy(tag => Math.Abs(tag.First - mention.First))
            .FirstOrDefault()
            ?.Code;

    private static string? Stated(Person person) =>
        person.Mentions.Select(mention => mention.Side).FirstOrDefault(side => side is not null)?.Code;

    // "X et Y", "X, accompagné de Y": listed right after someone whose state is known, without a post of the other side.
    private static string? Beside(List<Person> posted, int index)
    {
        if (posted[index].Mentions.Exists(mention => mention.Counterpart is not null))
            return null;
        var first = posted[index].Mentions[0];
        for (var i = index - 1; i >= 0; i--)
        {
            var before = posted[i]
                .Mentions.Find(mention => mention.Sentence == first.Sentence && mention.First < first.First);
            if (before is not null)
                return first.Sentence.Tags.Exists(tag =>
                    tag.Category == "frames"
                    && tag.Code is "meet" or "visit"
                    && tag.First >= before.End
                    && tag.End <= first.First
                )
                    ? null
                    : posted[i].Side;
        }
        return null;
    }

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
                    && NoMark(Math.Min(post.End, tag.First), tag.First)
                )
                    return state;
        }
        foreach (
            var mention in person.Mentions.Where(mention =>
                mention.Post is null && mention.Honorific && mention.Sentence.Order <= 2 && !IsVisitor(person)
            )
        )
            if (
                mention.Sentence.Tags.Find(tag => tag.Category == "bodies") is { } body
                && page.Sentences[0].Tags.Contains(body)
            )
                return StateOf(body);
        return null;
    }

    private bool NoMark(int first, int end)
    {
        for (var i = first; i < end; i++)
            if (page.Tokens[i].Kind == TokenKind.Mark && page.Tokens[i].Folded is "," or ";" or ":")
                return false;
        return true;
    }
}
