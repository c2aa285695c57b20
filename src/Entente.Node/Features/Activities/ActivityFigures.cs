using Entente.Node.Storage;

namespace Entente.Node.Features.Activities;

/// <summary>What was done with a state, in figures; what is above the reader's clearance is not in them.</summary>
internal sealed class ActivityFigures(Database database)
{
    private const int Most = 12;

    /// <param name="since">ISO day.</param>
    public async Task<ActivitiesSince> OfAsync(
        string country,
        string since,
        int clearance,
        CancellationToken cancellation
    )
    {
        const string latest = $"""
            SELECT {ActivityRow.Columns} FROM activity a
            WHERE a.country = @Country AND a.rank <= @Clearance AND COALESCE(a.ends, a.begins) >= @Since
                AND a.state <> 'cancelled'
            ORDER BY a.begins DESC, a.id DESC LIMIT @Most
            """;
        const string held = """
            SELECT COUNT(*) AS held, COALESCE(SUM(trained), 0) AS trained, COALESCE(MAX(rank), 0) AS rank
            FROM activity
            WHERE country = @Country AND rank <= @Clearance AND COALESCE(ends, begins) >= @Since AND state = 'held'
            """;
        const string results = """
            SELECT r.type, r.unit, COUNT(*) AS times, SUM(r.number) AS number
            FROM activity a JOIN activity_result r ON r.activity = a.id
            WHERE a.country = @Country AND a.rank <= @Clearance AND COALESCE(a.ends, a.begins) >= @Since
            GROUP BY r.type, r.unit ORDER BY r.type, r.unit
            """;
        var with = new
        {
            Country = country,
            Clearance = clearance,
            Since = since,
            Most,
        };
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.ListAsync<ActivityRow>(latest, with, cancellation);
        var totals = await connection.OneAsync<Totals>(held, with, cancellation) ?? new Totals();
        return new ActivitiesSince(
            rows,
            totals.Held,
            totals.Trained,
            await connection.ListAsync<ResultSum>(results, with, cancellation),
            Math.Max(totals.Rank, rows.Select(row => row.Rank).DefaultIfEmpty().Max())
        );
    }

    private sealed record Totals
    {
        public int Held { get; init; }
        public long Trained { get; init; }
        public int Rank { get; init; }
    }
}

/// <param name="Latest">The last ones; cancelled ones are not among them.</param>
/// <param name="Rank">The highest classification of what was counted.</param>
public sealed record ActivitiesSince(
    IReadOnlyList<ActivityRow> Latest,
    int Held,
    long Trained,
    IReadOnlyList<ResultSum> Results,
    int Rank
);

public sealed record ResultSum
{
    public string Type { get; init; } = "";
    public string? Unit { get; init; }
    public long Times { get; init; }
    public double? Number { get; init; }
}
