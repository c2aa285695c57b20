using System.Globalization;
using Entente.Node.Storage;

namespace Entente.Node.Features.Record;

/// <summary>
/// Finds the meetings on record that an encounter may be: the same partners, days close together, and people in common (or
/// the same day and town where a text names nobody).
/// </summary>
internal static class SameMeeting
{
    private const int DaysApart = 3;

    /// <summary>A press text may come out a week after the meeting it tells of.</summary>
    private const int DaysFromPublication = 10;

    /// <returns>The likeliest first.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(
        Transaction transaction,
        AcceptedEncounter encounter,
        IReadOnlyList<string> partners,
        CancellationToken cancellation
    )
    {
        if (partners.Count == 0 || !PartialDate.TryDay(encounter.DayOrPublished, out var day))
        {
            return [];
        }

        const string near = """
            SELECT m.id, m.date, m.sort_date, m.place FROM meeting m
            WHERE m.sort_date BETWEEN @From AND @To
                AND (SELECT COUNT(*) FROM meeting_partner p WHERE p.meeting = m.id) = @Count
                AND (SELECT COUNT(*) FROM meeting_partner p
                    WHERE p.meeting = m.id AND @Partners LIKE '% ' || p.country || ' %') = @Count
            """;
        var candidates = await transaction.ListAsync<Candidate>(
            near,
            new
            {
                From = day.AddDays(-DaysFromPublication).ToString("O", CultureInfo.InvariantCulture),
                To = day.AddDays(DaysFromPublication).ToString("O", CultureInfo.InvariantCulture),
                partners.Count,
                Partners = CodeList.Of(partners),
            },
            cancellation
        );
        var same = new List<(string Id, int Apart)>();
        foreach (var one in candidates)
        {
            PartialDate.TryDay(one.SortDate, out var other);
            var apart = Math.Abs(other.DayNumber - day.DayNumber);
            var bothDated = encounter.Date is not null && one.Date is not null;
            if (apart <= (bothDated ? DaysApart : DaysFromPublication))
            {
                var people = await PeopleAsync(transaction, one.Id, cancellation);
                if (Meets(encounter, one, people, apart))
                {
                    same.Add((one.Id, apart));
                }
            }
        }

        return [.. same.OrderBy(s => s.Apart).Select(s => s.Id)];
    }

    private static bool Meets(AcceptedEncounter encounter, Candidate candidate, IReadOnlyList<Person> people, int apart)
    {
        var named = encounter.People.Count > 0 && people.Count > 0;
        return named
            ? encounter.People.Any(p => people.Any(o => IsSame(p, o)))
            : apart == 0 && SamePlace(encounter.Place, candidate.Place);
    }

    // A text that leaves the town out does not deny it.
    private static bool SamePlace(string? one, string? other) =>
        one is null || other is null || FoldedName.Of(one) == FoldedName.Of(other);

    private static bool IsSame(AcceptedPerson one, Person other) =>
        one.Side == other.Country
        && (
            FoldedName.Of(one.Name) == other.Folded
            || (one.Role == other.Role && FoldedName.Fit(FoldedName.Of(one.Name), other.Folded))
        );

    private static Task<IReadOnlyList<Person>> PeopleAsync(
        Transaction transaction,
        string meeting,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT o.country, o.folded, p.role FROM participation p JOIN official o ON o.id = p.official
            WHERE p.meeting = @Meeting
            """;
        return transaction.ListAsync<Person>(sql, new { Meeting = meeting }, cancellation);
    }

    private sealed record Candidate
    {
        public string Id { get; init; } = "";
        public string? Date { get; init; }
        public string SortDate { get; init; } = "";
        public string? Place { get; init; }
    }

    private sealed record Person
    {
        public string Country { get; init; } = "";
        public string Folded { get; init; } = "";
        public string Role { get; init; } = "";
    }
}
