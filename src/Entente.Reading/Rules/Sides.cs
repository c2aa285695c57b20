using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>Which states cooperate, and whom each person represents.</summary>
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
            if (frame.Third || frame.Denied || frame.History)
                weight *= 0.3;
            foreach (var tag in sentence.Tags)
                if (StateOf(tag) is { } state)
                    weights[state] =
                        weights.GetValueOrDefault(state) + weight * (tag.Category is "country" or "demonym" ? 1 : 0.6);
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

    public static void Assign(List<Person> people, Dictionary<string, double> weights)
    {
        foreach (var person in people)
            person.Side = person.Mentions.Select(mention => mention.Side).FirstOrDefault(side => side is not null)
                is { } side
                ? side.Code
                : BodySide(person);
        var taken = people.Where(person => person.Side is not null).Select(person => person.Side!).ToHashSet();
        foreach (var person in people.Where(person => person.Side is null))
            person.Side = weights
                .OrderByDescending(pair => taken.Contains(pair.Key) ? pair.Value * 0.4 : pair.Value)
                .Select(pair => pair.Key)
                .FirstOrDefault();
    }

    private static string? BodySide(Person person)
    {
        foreach (var mention in person.Mentions)
        foreach (var tag in mention.Sentence.Tags)
            if (tag.Category == "bodies" && Math.Abs(tag.First - mention.First) < 16 && StateOf(tag) is { } state)
                return state;
        return null;
    }
}
