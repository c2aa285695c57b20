using Entente.Node.Features.Record;

namespace Entente.Node.Features.Readings;

/// <summary>Tells whether two drafts speak of one encounter: the same partners, near days, people in common.</summary>
internal static class SameText
{
    private const int DaysApart = 3;

    public static string? Find(Draft draft, IEnumerable<ReadingText> others) =>
        others.FirstOrDefault(o => NearInTime(draft, o.Draft) && PeopleInCommon(draft, o.Draft))?.Row.Id;

    private static bool NearInTime(Draft one, Draft other) =>
        PartialDate.TryDay(one.Single("date") ?? one.Single("published"), out var day)
        && PartialDate.TryDay(other.Single("date") ?? other.Single("published"), out var otherDay)
        && Math.Abs(day.DayNumber - otherDay.DayNumber) <= DaysApart;

    private static bool PeopleInCommon(Draft one, Draft other)
    {
        var theirs = other.Kept("participant").ToList();
        return one.Kept("participant").Any(p => theirs.Any(o => SamePerson(p, o)));
    }

    private static bool SamePerson(DraftValue one, DraftValue other) =>
        one.Part("side") == other.Part("side")
        && FoldedName.Fit(FoldedName.Of(one.Part("name")), FoldedName.Of(other.Part("name")));
}
