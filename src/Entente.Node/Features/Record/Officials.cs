using Entente.Node.Storage;

namespace Entente.Node.Features.Record;

/// <summary>Office-holders and the posts they held.</summary>
internal static class Officials
{
    /// <summary>
    /// Finds the official whose name and post fit, or enters a new one; then the record knows the post and that it was held
    /// on <paramref name="day"/>.
    /// </summary>
    public static async Task<string> RecogniseAsync(
        Entry entry,
        AcceptedPerson person,
        string? day,
        CancellationToken cancellation
    )
    {
        const string known = """
            SELECT o.id, o.name, o.native, o.folded, p.role
            FROM official o LEFT JOIN post p ON p.official = o.id
            WHERE o.country = @Side
            """;
        var candidates = await entry.Transaction.ListAsync<Known>(known, new { person.Side }, cancellation);
        var folded = FoldedName.Of(person.Name);
        var found =
            candidates.FirstOrDefault(c => c.Folded == folded || SameNative(c, person))
            ?? candidates.FirstOrDefault(c => c.Role == person.Role && FoldedName.Fit(c.Folded, folded));
        var id = found?.Id ?? await AddAsync(entry, person, folded, cancellation);
        if (found is { Native: null } && person.Native is not null)
        {
            const string complete = "UPDATE official SET native = @Native WHERE id = @Id";
            await entry.Transaction.RunAsync(complete, new { Id = id, person.Native }, cancellation);
            entry.Altered("official", id, "completed");
        }

        await AttestPostAsync(entry, id, person, day, cancellation);
        return id;
    }

    private static bool SameNative(Known known, AcceptedPerson person) =>
        known.Native is not null
        && person.Native is not null
        && FoldedName.Of(known.Native) == FoldedName.Of(person.Native);

    private static async Task<string> AddAsync(
        Entry entry,
        AcceptedPerson person,
        string folded,
        CancellationToken cancellation
    )
    {
        const string add = """
            INSERT INTO official (id, country, name, native, folded)
            VALUES (@Id, @Side, @Name, @Native, @Folded)
            """;
        var id = entry.NewId();
        await entry.Transaction.RunAsync(
            add,
            new
            {
                Id = id,
                person.Side,
                person.Name,
                person.Native,
                Folded = folded,
            },
            cancellation
        );
        entry.Collected("official", id, "reading");
        return id;
    }

    private static Task<int> AttestPostAsync(
        Entry entry,
        string official,
        AcceptedPerson person,
        string? day,
        CancellationToken cancellation
    )
    {
        const string attest = """
            INSERT INTO post (id, official, role, title, seen_first, seen_last)
            VALUES (@Id, @Official, @Role, @Title, @Day, @Day)
            ON CONFLICT (official, role) DO UPDATE SET
                title = CASE WHEN post.title = '' THEN excluded.title ELSE post.title END,
                seen_first = CASE WHEN post.seen_first IS NULL OR excluded.seen_first < post.seen_first
                    THEN COALESCE(excluded.seen_first, post.seen_first) ELSE post.seen_first END,
                seen_last = CASE WHEN post.seen_last IS NULL OR excluded.seen_last > post.seen_last
                    THEN COALESCE(excluded.seen_last, post.seen_last) ELSE post.seen_last END
            """;
        return entry.Transaction.RunAsync(
            attest,
            new
            {
                Id = entry.NewId(),
                Official = official,
                person.Role,
                person.Title,
                Day = day,
            },
            cancellation
        );
    }

    private sealed record Known
    {
        public string Id { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Native { get; init; }
        public string Folded { get; init; } = "";
        public string? Role { get; init; }
    }
}
