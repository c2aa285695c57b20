using Entente.Reading.Text;

namespace Entente.Reading;

/// <summary>Two readings taken for one encounter, with what only one says or both say differently.</summary>
/// <param name="Score">0 to 1; likely from <see cref="SameEncounter.Threshold"/>.</param>
public sealed record Resemblance(bool Likely, double Score, IReadOnlyList<Difference> Differences);

/// <param name="Field">date, place, published, participant, domain, instrument.</param>
/// <param name="First">Null where only the second text says it.</param>
public sealed record Difference(string Field, string? First, string? Second);

/// <summary>Recognises two texts about one encounter: the same partners, overlapping people, near dates, or nearly
/// the same text.</summary>
public static class SameEncounter
{
    public const double Threshold = 0.5;

    /// <summary>How many hashes <see cref="Sketch"/> keeps of a text.</summary>
    public const int SketchSize = 32;

    /// <summary>A text in few numbers: texts that share more than half of them are copies of one another.</summary>
    public static IReadOnlyList<int> Sketch(string text) => Shingles.Least(text, SketchSize);

    public static Resemblance Likely(Reading a, string textA, Reading b, string textB)
    {
        // Copies differ by a line or two; two meetings told in one formula differ by their names and dates.
        var copied = Copied(textA, textB);
        var score = copied > 0.8 ? 1 : FromFacts(a, b);
        return new Resemblance(score >= Threshold, Math.Round(score, 2), Differences(a, b));
    }

    private static double FromFacts(Reading a, Reading b)
    {
        if (a.Encounter.Kind.Value == "none" || b.Encounter.Kind.Value == "none")
            return 0;
        if (!a.Partners.Select(p => p.Value).SequenceEqual(b.Partners.Select(p => p.Value), StringComparer.Ordinal))
            return 0;
        var dates = Near(a, b);
        if (dates == false)
            return 0;
        var people = Overlap(a, b);
        var place = a.Encounter.Place is { } x && b.Encounter.Place is { } y ? Same(x.Value, y.Value) : (bool?)null;
        if (place == false && people < 1)
            return 0;
        return (dates == true ? 0.35 : 0) + people * 0.45 + (place == true ? 0.2 : 0);
    }

    // Null where one of the two has no date at all.
    private static bool? Near(Reading a, Reading b)
    {
        if (a.Encounter.Date is { } x && b.Encounter.Date is { } y)
            return Math.Abs(x.Value.DayNumber - y.Value.DayNumber) <= 1;
        var first = a.Encounter.Date ?? a.Published;
        var second = b.Encounter.Date ?? b.Published;
        return first is null || second is null ? null : Math.Abs(first.Value.DayNumber - second.Value.DayNumber) <= 7;
    }

    private static double Overlap(Reading a, Reading b)
    {
        var least = Math.Min(a.Participants.Count, b.Participants.Count);
        if (least == 0)
            return 0;
        var shared = a.Participants.Count(person => b.Participants.Any(other => SamePerson(person, other)));
        return (double)shared / least;
    }

    private static bool SamePerson(Participant a, Participant b)
    {
        if (a.Native is not null && a.Native == b.Native)
            return true;
        var first = Words(a.Name);
        var second = Words(b.Name);
        return a.Side == b.Side
            && (first.Intersect(second).Any() || (a.Role == b.Role && Close(first[^1], second[^1])));
    }

    // One surname spelt two ways: most letters in common, in order.
    private static bool Close(string a, string b)
    {
        var i = 0;
        foreach (var c in b)
            if (i < a.Length && a[i] == c)
                i++;
        return i * 10 >= Math.Max(a.Length, b.Length) * 7;
    }

    private static List<string> Words(string name)
    {
        var words = Tokeniser
            .Tokenise(name, 0, name.Length)
            .Where(token => token.IsWord && token.Length > 2)
            .Select(token => token.Folded)
            .ToList();
        return words.Count > 0 ? words : [Folding.Fold(name)];
    }

    private static bool Same(string a, string b) => Folding.Fold(a) == Folding.Fold(b);

    private static double Copied(string a, string b)
    {
        var first = Shingles.Of(a);
        var second = Shingles.Of(b);
        var least = Math.Min(first.Count, second.Count);
        return least < 10 ? 0 : (double)first.Count(second.Contains) / least;
    }

    private static List<Difference> Differences(Reading a, Reading b)
    {
        var found = new List<Difference>();
        Compare(found, "date", Iso(a.Encounter.Date), Iso(b.Encounter.Date));
        Compare(found, "place", a.Encounter.Place?.Value, b.Encounter.Place?.Value);
        foreach (var person in a.Participants)
        {
            var other = b.Participants.FirstOrDefault(candidate => SamePerson(person, candidate));
            Compare(found, "participant", person.Name, other?.Name);
        }
        foreach (var person in b.Participants.Where(person => !a.Participants.Any(other => SamePerson(other, person))))
            Compare(found, "participant", null, person.Name);
        CompareSets(found, "domain", a.Domains, b.Domains);
        CompareSets(found, "commitment", a.Commitments, b.Commitments);
        return found;
    }

    private static string? Iso(Found<DateOnly>? date) =>
        date?.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static void Compare(List<Difference> found, string field, string? first, string? second)
    {
        if (first != second)
            found.Add(new Difference(field, first, second));
    }

    private static void CompareSets(
        List<Difference> found,
        string field,
        IReadOnlyList<Found<string>> a,
        IReadOnlyList<Found<string>> b
    )
    {
        foreach (var value in a.Select(x => x.Value).Except(b.Select(x => x.Value), StringComparer.Ordinal))
            found.Add(new Difference(field, value, null));
        foreach (var value in b.Select(x => x.Value).Except(a.Select(x => x.Value), StringComparer.Ordinal))
            found.Add(new Difference(field, null, value));
    }
}
