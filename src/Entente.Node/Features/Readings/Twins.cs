using System.Globalization;
using Entente.Names;
using Entente.Node.Features.Record;
using Entente.Node.Storage;
using Entente.Reading;

namespace Entente.Node.Features.Readings;

/// <summary>
/// Finds the earlier reading that tells of the same encounter as a new one: nearly the same text, or the same partners,
/// near days and people in common. All readings of one encounter point to the first of them.
/// </summary>
internal static class Twins
{
    private const int DaysApart = 3;

    /// <summary>A text without a day of its own comes out within a week of the encounter.</summary>
    private const int DaysFromPublication = 7;

    /// <summary>Of the hashes of two sketches, so many alike make copies of the texts.</summary>
    private const int AlikeInCopies = SameEncounter.SketchSize / 2;

    /// <summary>Keeps what copies of the text are known by, and finds the text's own twin.</summary>
    /// <returns>The first reading of the encounter, or null where this is the first.</returns>
    public static async Task<string?> FindAsync(Transaction t, ReadingText one, CancellationToken cancellation)
    {
        var sketch = SameEncounter.Sketch(one.Text);
        await KeepAsync(t, one.Row.Id, sketch, cancellation);
        if (one.Row.State != ReadingStates.Draft)
        {
            return null;
        }

        // Short texts have few runs of words: two of them are not held to be copies.
        var copy = sketch.Count < AlikeInCopies ? null : await CopyAsync(t, one.Row.Id, cancellation);
        var twin = copy ?? await OfEncounterAsync(t, one, cancellation);
        return twin is null ? null : await FirstAsync(t, twin, cancellation);
    }

    public static Task ForgetAsync(Transaction t, string reading, CancellationToken cancellation)
    {
        const string sql = "DELETE FROM reading_shingle WHERE reading = @Reading";
        return t.RunAsync(sql, new { Reading = reading }, cancellation);
    }

    private static Task KeepAsync(
        Transaction t,
        string reading,
        IReadOnlyList<int> sketch,
        CancellationToken cancellation
    )
    {
        const string sql = "INSERT INTO reading_shingle (hash, reading) VALUES (@Hash, @Reading)";
        var rows = sketch.Select(hash => new object?[] { (long)hash, reading });
        return Bulk.ExecuteAsync(t, sql, ["Hash", "Reading"], [.. rows], cancellation);
    }

    private static Task<string?> CopyAsync(Transaction t, string reading, CancellationToken cancellation)
    {
        const string sql = """
            SELECT other.reading
            FROM reading_shingle mine
            JOIN reading_shingle other ON other.hash = mine.hash AND other.reading <> mine.reading
            JOIN reading r ON r.id = other.reading
            WHERE mine.reading = @Reading AND r.state IN ('draft', 'accepted')
            GROUP BY other.reading
            HAVING COUNT(*) >= @Least
            ORDER BY COUNT(*) DESC, other.reading
            LIMIT 1
            """;
        return t.OneAsync<string>(sql, new { Reading = reading, Least = AlikeInCopies }, cancellation);
    }

    private static async Task<string?> OfEncounterAsync(Transaction t, ReadingText one, CancellationToken cancellation)
    {
        if (!PartialDate.TryDay(one.Row.Day, out var day) || one.Row.Partners.Length == 0)
        {
            return null;
        }

        var near = await ReadingStore.NearAsync(
            t,
            one.Row.Partners,
            day.AddDays(-DaysFromPublication),
            day.AddDays(DaysFromPublication),
            cancellation
        );
        return near.FirstOrDefault(other =>
            NearInTime(one.Draft, other.Draft) && PeopleInCommon(one.Draft, other.Draft)
        )?.Row.Id;
    }

    private static async Task<string> FirstAsync(Transaction t, string twin, CancellationToken cancellation)
    {
        const string sql = "SELECT COALESCE(same_as, id) FROM reading WHERE id = @Id";
        return await t.OneAsync<string>(sql, new { Id = twin }, cancellation) ?? twin;
    }

    private static bool NearInTime(Draft one, Draft other)
    {
        var bothDated = one.Single("date") is not null && other.Single("date") is not null;
        return PartialDate.TryDay(one.Single("date") ?? one.Single("published"), out var day)
            && PartialDate.TryDay(other.Single("date") ?? other.Single("published"), out var otherDay)
            && Math.Abs(day.DayNumber - otherDay.DayNumber) <= (bothDated ? DaysApart : DaysFromPublication);
    }

    private static bool PeopleInCommon(Draft one, Draft other)
    {
        var theirs = other.Kept("participant").ToList();
        return one.Kept("participant").Any(p => theirs.Any(o => SamePerson(p, o)));
    }

    /// <summary>Two participants of two drafts who seem to be one person.</summary>
    public static bool SamePerson(DraftValue one, DraftValue other) =>
        one.Part("side") == other.Part("side")
        && (
            FoldedName.Fit(FoldedName.Of(one.Part("name")), FoldedName.Of(other.Part("name")))
            || NameComparison.Score(Written(one), Written(other)) >= NameComparison.Same
        );

    // As the text writes it: two transliterations differ more than the spellings they were made from.
    private static string Written(DraftValue person) => person.PartOrNull("native") ?? person.Part("name");
}
