using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>A counterpart stands for another state than the person faced.</summary>
internal static class Counterparts
{
    public static void Oppose(Page page, List<Person> people, Dictionary<string, double> weights)
    {
        foreach (var person in people)
        {
            if (person.Mentions.Find(mention => mention.Counterpart is not null) is not { } facing)
                continue;
            var principal = Principal(people, person, facing);
            if (principal is null)
                continue;
            if (person.Side is null && principal.Side is not null)
                person.Side = NearestState(facing, principal.Side) ?? Strongest(weights, principal.Side);
            else if (principal.Side is null && person.Side is not null)
                principal.Side = new Home(page, weights).Of([person.Side]);
        }
    }

    private static string? NearestState(NameMention mention, string except) =>
        mention
            .Sentence.Tags.Where(tag => tag.Category is "demonym" or "country" && tag.Code != except)
            .OrderBy(tag => Math.Abs(tag.First - mention.First))
            .FirstOrDefault()
            ?.Code;

    // Whom the counterpart faces: the posted person named last before, in the same sentence or earlier.
    private static Person? Principal(List<Person> people, Person person, NameMention facing)
    {
        Person? best = null;
        var nearest = -1;
        foreach (var other in people)
        {
            if (
                other == person
                || (other.Posted is not { Counterpart: null } && !other.Mentions.Exists(m => m.Honorific))
            )
                continue;
            foreach (var mention in other.Mentions)
                if (mention.First < facing.First && mention.First > nearest)
                    (best, nearest) = (other, mention.First);
        }
        return best
            ?? people.Find(other =>
                other != person && other.Posted is { Counterpart: null } posted && posted.Sentence == facing.Sentence
            );
    }

    private static string? Strongest(Dictionary<string, double> weights, string except) =>
        weights
            .Where(pair => pair.Key != except && pair.Key != "EU")
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Key)
            .FirstOrDefault();
}
