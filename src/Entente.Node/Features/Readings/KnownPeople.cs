using Entente.Names;
using Entente.Node.Features.Record;

namespace Entente.Node.Features.Readings;

/// <summary>
/// Recognises officials on record in a draft. The record helps and never overrides the text: it spells in Latin letters a
/// name that the text has in others, completes a surname that stands alone with its post, and says the post where the text
/// says none; of several posts, the one held on the day.
/// </summary>
internal static class KnownPeople
{
    private const string Vague = "other-official";

    public static Draft Recognise(Draft draft, IReadOnlyList<KnownOfficial> officials)
    {
        PartialDate.TryDay(draft.Single("date") ?? draft.Single("published"), out var day);
        return draft with
        {
            Values = [.. draft.Values.Select(v => v.Field == "participant" ? Recognise(v, officials, day) : v)],
        };
    }

    private static DraftValue Recognise(DraftValue person, IReadOnlyList<KnownOfficial> officials, DateOnly day)
    {
        var fitting = officials.Where(o => o.Country == person.Part("side") && Fits(person, o)).ToList();
        var known = fitting.DistinctBy(o => o.Id).Count() == 1 ? fitting[0] : AtPost(person, fitting, day);
        if (known is null)
        {
            return person;
        }

        var parts = new Dictionary<string, string>(person.Parts, StringComparer.Ordinal);
        if (person.PartOrNull("native") is not null || IsSurname(person))
        {
            parts["name"] = known.Name;
        }

        if (person.Part("role") == Vague && Held(fitting.Where(o => o.Id == known.Id), day) is { Role: { } role })
        {
            parts["role"] = role;
        }

        return person with
        {
            Parts = parts,
        };
    }

    private static bool Fits(DraftValue person, KnownOfficial official) =>
        person.PartOrNull("native") is { } native
            ? NameComparison.Score(native, official.Native ?? official.Name) >= NameComparison.Same
        : IsSurname(person) ? official.Role == person.Part("role") && IsSurnameOf(person.Part("name"), official.Name)
        : NameComparison.Score(person.Part("name"), official.Name) >= NameComparison.Same;

    private static KnownOfficial? AtPost(DraftValue person, IReadOnlyList<KnownOfficial> fitting, DateOnly day) =>
        Held(fitting.Where(o => o.Role == person.Part("role")), day);

    // The post held on the day; where several were, or none is known to have been, the one attested nearest to it.
    private static KnownOfficial? Held(IEnumerable<KnownOfficial> posts, DateOnly day) =>
        posts.Where(o => o.Role is not null).OrderBy(o => Apart(o, day)).FirstOrDefault();

    private static int Apart(KnownOfficial official, DateOnly day)
    {
        if (day == default || !PartialDate.TryDay(official.SeenFirst, out var first))
        {
            return int.MaxValue;
        }

        var last = PartialDate.TryDay(official.SeenLast, out var seen) ? seen : first;
        return day < first ? first.DayNumber - day.DayNumber
            : day > last ? day.DayNumber - last.DayNumber
            : 0;
    }

    private static bool IsSurname(DraftValue person) =>
        !person.Part("name").Trim().Contains(' ', StringComparison.Ordinal);

    private static bool IsSurnameOf(string surname, string name) =>
        FoldedName.Fit(FoldedName.Of(surname), FoldedName.Of(name));
}
