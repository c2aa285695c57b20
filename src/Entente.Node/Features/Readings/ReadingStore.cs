using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Entente.Node.Storage;

namespace Entente.Node.Features.Readings;

/// <summary>Readings in the database.</summary>
internal sealed class ReadingStore(Database database)
{
    public const int PageSize = 50;

    /// <param name="state">One of <see cref="ReadingStates"/>.</param>
    /// <param name="before">The last id of the page before, or null for the newest.</param>
    public Task<IReadOnlyList<ReadingRow>> ListAsync(string state, string? before, CancellationToken cancellation)
    {
        const string sql = """
            SELECT id, name, state, version, received_at, received_by, decided_at, decided_by, reason, meeting, same_as,
                title, language, kind, date, published, partners, confidence
            FROM reading
            WHERE state = @State AND id < @Before
            ORDER BY id DESC
            LIMIT @Limit
            """;
        return database.ReadAsync(
            c =>
                c.ListAsync<ReadingRow>(
                    sql,
                    new
                    {
                        State = state,
                        Before = before ?? "~",
                        Limit = PageSize + 1,
                    },
                    cancellation
                ),
            cancellation
        );
    }

    /// <summary>The least certain first: where an officer's time does most.</summary>
    /// <param name="after">The last row of the page before, as "confidence id".</param>
    public Task<IReadOnlyList<ReadingRow>> LeastCertainAsync(
        string state,
        string? after,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT id, name, state, version, received_at, received_by, decided_at, decided_by, reason, meeting, same_as,
                title, language, kind, date, published, partners, confidence
            FROM reading
            WHERE state = @State AND (confidence, id) > (@Confidence, @Id)
            ORDER BY confidence, id
            LIMIT @Limit
            """;
        var (confidence, id) =
            after?.Split(' ') is [var number, var last]
            && double.TryParse(number, CultureInfo.InvariantCulture, out var parsed)
                ? (parsed, last)
                : (-1, "");
        var page = new
        {
            State = state,
            Confidence = confidence,
            Id = id,
            Limit = PageSize + 1,
        };
        return database.ReadAsync(c => c.ListAsync<ReadingRow>(sql, page, cancellation), cancellation);
    }

    public async Task<IReadOnlyDictionary<string, long>> CountsAsync(CancellationToken cancellation)
    {
        const string sql = "SELECT state AS name, COUNT(*) AS count FROM reading GROUP BY state";
        var rows = await database.ReadAsync(c => c.ListAsync<StateCount>(sql, null, cancellation), cancellation);
        return rows.ToDictionary(r => r.Name, r => r.Count, StringComparer.Ordinal);
    }

    public Task<ReadingText?> FindAsync(string id, CancellationToken cancellation) =>
        database.ReadAsync(
            async c => Open(await c.OneAsync<FullRow>(Full, new { Id = id }, cancellation)),
            cancellation
        );

    public static async Task<ReadingText?> FindAsync(Transaction t, string id, CancellationToken cancellation) =>
        Open(await t.OneAsync<FullRow>(Full, new { Id = id }, cancellation));

    public static Task<string?> ByHashAsync(DbConnection c, string sha256, CancellationToken cancellation)
    {
        const string sql = "SELECT id FROM reading WHERE sha256 = @Hash";
        return c.OneAsync<string>(sql, new { Hash = sha256 }, cancellation);
    }

    /// <returns>False where another reception of the same text came first.</returns>
    public static async Task<bool> AddAsync(
        Transaction t,
        ReadingText one,
        string sha256,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO reading (id, sha256, name, state, version, received_at, received_by, same_as, title, language,
                kind, date, published, day, partners, confidence, draft, body)
            VALUES (@Id, @Sha256, @Name, @State, 1, @ReceivedAt, @ReceivedBy, @SameAs, @Title, @Language,
                @Kind, @Date, @Published, @Day, @Partners, @Confidence, @Draft, @Body)
            ON CONFLICT (sha256) DO NOTHING
            """;
        var row = one.Row;
        var added = await t.RunAsync(
            sql,
            new
            {
                row.Id,
                Sha256 = sha256,
                row.Name,
                row.State,
                row.ReceivedAt,
                row.ReceivedBy,
                row.SameAs,
                row.Title,
                row.Language,
                row.Kind,
                row.Date,
                row.Published,
                row.Day,
                row.Partners,
                row.Confidence,
                Draft = one.Draft.ToJson(),
                Body = one.Text,
            },
            cancellation
        );
        return added == 1;
    }

    /// <returns>False where the draft is no longer at the version the caller saw.</returns>
    public static async Task<bool> SaveAsync(Transaction t, ReadingRow row, Draft draft, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE reading SET version = version + 1, state = @State, kind = @Kind, date = @Date,
                published = @Published, day = @Day, partners = @Partners, confidence = @Confidence, draft = @Draft,
                decided_at = @DecidedAt, decided_by = @DecidedBy, reason = @Reason, meeting = @Meeting
            WHERE id = @Id AND version = @Version
            """;
        var saved = await t.RunAsync(
            sql,
            new
            {
                row.State,
                row.Kind,
                row.Date,
                row.Published,
                row.Day,
                row.Partners,
                row.Confidence,
                Draft = draft.ToJson(),
                row.DecidedAt,
                row.DecidedBy,
                row.Reason,
                row.Meeting,
                row.Id,
                row.Version,
            },
            cancellation
        );
        return saved == 1;
    }

    /// <summary>Readings with the same partners of near days: among them a twin is looked for.</summary>
    public static async Task<IReadOnlyList<ReadingText>> NearAsync(
        Transaction t,
        string partners,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT id, name, state, version, date, published, partners, draft, '' AS body
            FROM reading
            WHERE partners = @Partners AND day BETWEEN @From AND @To AND state IN ('draft', 'accepted')
            ORDER BY id
            LIMIT 100
            """;
        var span = new
        {
            Partners = partners,
            From = from.ToString("O", CultureInfo.InvariantCulture),
            To = to.ToString("O", CultureInfo.InvariantCulture),
        };
        var rows = await t.ListAsync<FullRow>(sql, span, cancellation);
        return [.. rows.Select(r => Open(r)!)]; // A row that exists opens.
    }

    /// <summary>All readings of one encounter, the first that came first; none where a reading stands alone.</summary>
    public async Task<IReadOnlyList<ReadingText>> TogetherAsync(ReadingRow row, CancellationToken cancellation)
    {
        const string sql = """
            SELECT id, name, state, version, received_at, meeting, same_as, title, language, kind, date, published,
                partners, confidence, draft, body
            FROM reading
            WHERE (id = @First OR same_as = @First) AND state IN ('draft', 'accepted')
            ORDER BY id
            LIMIT 20
            """;
        var first = new { First = row.SameAs ?? row.Id };
        var rows = await database.ReadAsync(c => c.ListAsync<FullRow>(sql, first, cancellation), cancellation);
        return rows.Count < 2 ? [] : [.. rows.Select(r => Open(r)!)]; // A row that exists opens.
    }

    /// <summary>All accepted readings, in the order in which they came; a page in memory at a time.</summary>
    public async IAsyncEnumerable<ReadingText> AcceptedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        const string sql = """
            SELECT id, name, state, version, title, language, kind, date, published, partners, confidence, draft, body
            FROM reading
            WHERE state = 'accepted' AND id > @After
            ORDER BY id
            LIMIT @Limit
            """;
        for (var after = ""; ; )
        {
            var rows = await database.ReadAsync(
                c => c.ListAsync<FullRow>(sql, new { After = after, Limit = PageSize }, cancellation),
                cancellation
            );
            foreach (var row in rows)
            {
                yield return Open(row)!; // A row that exists opens.
            }

            if (rows.Count < PageSize)
            {
                yield break;
            }

            after = rows[^1].Id;
        }
    }

    private const string Full = """
        SELECT id, name, state, version, received_at, received_by, decided_at, decided_by, reason, meeting, same_as,
            title, language, kind, date, published, partners, confidence, draft, body
        FROM reading WHERE id = @Id
        """;

    private static ReadingText? Open(FullRow? row) => row is null ? null : new(row, Parse(row), row.Body);

    private static Draft Parse(FullRow row) => Readings.Draft.Parse(row.Draft);

    private sealed record FullRow : ReadingRow
    {
        public string Draft { get; init; } = "";
        public string Body { get; init; } = "";
    }

    private sealed record StateCount
    {
        public string Name { get; init; } = "";
        public long Count { get; init; }
    }
}
