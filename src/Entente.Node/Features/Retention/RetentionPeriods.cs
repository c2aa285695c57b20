using Entente.Node.Features.Delivery;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Features.Retention;

/// <summary>Which periods hold for a message: those of the profile it was judged by, for the persons it names.</summary>
internal sealed class RetentionPeriods(LegalProfiles profiles)
{
    private const string Basic = "bilateral-basic";
    private const string Nobody = "no-person";
    private const string Other = "other";

    /// <summary>The categories that a profile has a period for.</summary>
    public static readonly IReadOnlyList<string> Codes = ["suspect", "convicted", "victim", Other, Nobody];

    /// <summary>The profile of the message; where this program does not carry it, the basic one, whose periods are short.</summary>
    public LegalProfile Profile(string id, string version) =>
        profiles.Find(id, version) ?? profiles.All.Last(profile => profile.Id == Basic);

    public KeptCase Begin(OpenedMessage opened)
    {
        var message = opened.Message;
        var profile = Profile(message.Profile.Id, message.Profile.Version);
        var categories = Categories(profile, message);
        List<RetentionPeriod> periods = [.. profile.Retention.Where(period => categories.Contains(period.Code))];
        return new KeptCase
        {
            CaseId = opened.Stored.CaseId,
            Partner = opened.Stored.Partner,
            Profile = $"{profile.Id}/{profile.Version}",
            Categories = string.Join(',', periods.Select(period => period.Code)),
            ReviewMonths = periods.Min(period => period.ReviewMonths),
            AgainMonths = periods.Min(period => period.AgainMonths),
            EraseMonths = periods.Min(period => period.EraseMonths),
            LastAt = opened.Stored.At,
            State = KeptCase.Held,
        };
    }

    /// <summary>A person whose category is not said, or is none of the profile's, counts among the others.</summary>
    private static HashSet<string> Categories(LegalProfile profile, Message message)
    {
        var persons = message.Subjects?.Where(subject => subject.Type == SubjectType.Person).ToList() ?? [];
        return persons.Count == 0
            ? [Nobody]
            :
            [
                .. persons.Select(person =>
                    profile.Retention.Any(period => period.Code == person.Category && period.Code != Nobody)
                        ? person.Category!
                        : Other
                ),
            ];
    }

    /// <summary>The strictest of both: what is kept together goes together.</summary>
    public static KeptCase Join(KeptCase kept, KeptCase more)
    {
        var categories = kept.Categories.Split(',').Union(more.Categories.Split(','), StringComparer.Ordinal);
        // A case that names somebody now is no longer one that names nobody.
        List<string> named = [.. categories.Where(code => code is not ("" or Nobody))];
        var strictest = more.EraseMonths < kept.EraseMonths ? more : kept;
        return kept with
        {
            Categories = named.Count == 0 ? Nobody : string.Join(',', named.Order(StringComparer.Ordinal)),
            Profile = strictest.Profile,
            ReviewMonths = Math.Min(kept.ReviewMonths, more.ReviewMonths),
            AgainMonths = Math.Min(kept.AgainMonths, more.AgainMonths),
            EraseMonths = strictest.EraseMonths,
            LastAt = more.LastAt > kept.LastAt ? more.LastAt : kept.LastAt,
            State = KeptCase.Held,
        };
    }
}
