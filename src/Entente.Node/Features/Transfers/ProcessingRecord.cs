using System.Globalization;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Features.Record;
using Entente.Node.Guard;
using Entente.Node.Hosting;
using Entente.Node.Profiles;
using Entente.Node.Storage;

namespace Entente.Node.Features.Transfers;

/// <summary>The record of processing activities, as far as the node itself knows it: the last twelve months.</summary>
internal sealed class ProcessingRecord(
    Database database,
    MessageFollower follower,
    LinkDirectory links,
    RecordBook record,
    LegalProfiles profiles,
    NodeOptions options,
    TimeProvider clock
)
{
    public async Task<Processing> OfAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT direction, partner, country, domain, basis, ground, persons, SUM(count) AS count
            FROM processing_count WHERE month >= @From
            GROUP BY direction, partner, country, domain, basis, ground, persons
            """;
        await follower.FollowAsync(cancellation);
        var from = clock.GetUtcNow().AddMonths(-11);
        var counts = await database.ReadAsync(
            c =>
                c.ListAsync<ProcessingCount>(
                    sql,
                    new { From = from.ToString("yyyy-MM", CultureInfo.InvariantCulture) },
                    cancellation
                ),
            cancellation
        );
        var known = await links.ListAsync(cancellation);
        return new Processing
        {
            From = new DateTimeOffset(from.Year, from.Month, 1, 0, 0, 0, TimeSpan.Zero),
            At = clock.GetUtcNow(),
            Purposes = Sum(counts, count => [count.Domain]),
            Persons = Sum(counts, count => count.Persons.Split(',')),
            Recipients = [.. known.Select(link => Recipient(link, counts))],
            Bases = await BasesAsync(known, counts, cancellation),
            Profiles =
            [
                .. known
                    .Select(link => profiles.Find(link.Settings.ProfileId, link.Settings.ProfileVersion))
                    .OfType<LegalProfile>()
                    .Distinct(),
            ],
        };
    }

    private Recipient Recipient(Link link, IReadOnlyList<ProcessingCount> counts)
    {
        var sent = counts.Where(count => count.Partner == link.Partner && count.Direction == "out").ToList();
        return new Recipient(
            link,
            SenderLaws.For(options.Country) is { } law && !law.Binds(link.Country),
            sent.Sum(count => count.Count),
            counts.Where(count => count.Partner == link.Partner && count.Direction == "in").Sum(count => count.Count),
            Sum(sent, count => [count.Ground])
        );
    }

    private async Task<IReadOnlyList<Counted>> BasesAsync(
        IReadOnlyList<Link> known,
        IReadOnlyList<ProcessingCount> counts,
        CancellationToken cancellation
    )
    {
        var titles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var country in known.Select(link => link.Country).Distinct())
        {
            foreach (var basis in await record.BasesAsync(country, cancellation))
            {
                titles[basis.Id] = basis.Title;
            }
        }

        // What a partner names is by its own numbers; ours can be said in words.
        return
        [
            .. Sum(counts.Where(count => count.Direction == "out"), count => [count.Basis])
                .Select(basis => basis with { Code = titles.GetValueOrDefault(basis.Code, basis.Code) }),
        ];
    }

    private static IReadOnlyList<Counted> Sum(
        IEnumerable<ProcessingCount> counts,
        Func<ProcessingCount, IReadOnlyList<string>> codes
    ) =>
        [
            .. counts
                .SelectMany(count => codes(count).Select(code => new Counted(code, count.Count)))
                .Where(counted => counted.Code.Length > 0)
                .GroupBy(counted => counted.Code, StringComparer.Ordinal)
                .Select(group => new Counted(group.Key, group.Sum(counted => counted.Count)))
                .OrderByDescending(counted => counted.Count)
                .ThenBy(counted => counted.Code, StringComparer.Ordinal),
        ];
}

internal sealed record Processing
{
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset At { get; init; }
    public required IReadOnlyList<Counted> Purposes { get; init; }
    public required IReadOnlyList<Counted> Persons { get; init; }
    public required IReadOnlyList<Recipient> Recipients { get; init; }
    public required IReadOnlyList<Counted> Bases { get; init; }
    public required IReadOnlyList<LegalProfile> Profiles { get; init; }

    /// <summary>As a document: sums of codes over all messages.</summary>
    public static Departing Export { get; } =
        new(DisclosureAct.Export, "processing:record", "export") { Kind = "processing", CodesOnly = true };
}

/// <param name="Code">Of a list, or the words themselves.</param>
internal sealed record Counted(string Code, long Count);

/// <param name="Grounds">Of what was sent to a third country.</param>
internal sealed record Recipient(
    Link Link,
    bool ThirdCountry,
    long Sent,
    long Received,
    IReadOnlyList<Counted> Grounds
);

internal sealed record ProcessingCount
{
    public required string Direction { get; init; }
    public required string Partner { get; init; }
    public required string Country { get; init; }
    public required string Domain { get; init; }
    public required string Basis { get; init; }
    public required string Ground { get; init; }
    public required string Persons { get; init; }
    public required long Count { get; init; }
}
