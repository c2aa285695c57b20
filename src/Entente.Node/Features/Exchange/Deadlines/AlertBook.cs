using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Node.Web.Navigation;

namespace Entente.Node.Features.Exchange.Deadlines;

public enum AlertLevel
{
    /// <summary>The last quarter of the limit has begun: the unit is alerted.</summary>
    Unit,

    /// <summary>The last tenth has begun, or it is over: the supervisors are alerted too.</summary>
    Supervisor,
}

/// <param name="StandsIn">The officer's unit is on duty for the one it was addressed to, which is not at its desk.</param>
public sealed record Alerted(RequestRow Row, AlertLevel Level, bool StandsIn);

/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record AlertPage(IReadOnlyList<Alerted> Alerts, PageKey? Next);

/// <summary>
/// Which requests are about to run out, and whom that concerns: the unit's officers, those on duty while the unit is not at
/// its desk, and in the end the supervisors. Read from the rows whenever somebody looks: nothing is to be missed by a timer.
/// </summary>
internal sealed class AlertBook(Database database, DutyBook duty, TimeProvider clock) : INavCount
{
    public const int PageSize = 20;

    /// <summary>More than these the menu does not count.</summary>
    private const int Counted = 500;

    public string Href => "/inbox";

    public async Task<int> CountAsync(Officer officer, CancellationToken cancellation) =>
        officer.Is(Role.Officer) || officer.Is(Role.Supervisor)
            ? (await RowsAsync(officer, null, Counted, cancellation)).Count
            : 0;

    /// <summary>Whoever was to be alerted first comes first.</summary>
    public async Task<AlertPage> OfAsync(Officer officer, PageKey? after, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var rows = await RowsAsync(officer, after, PageSize + 1, cancellation);
        IReadOnlyList<RequestRow> page = [.. rows.Take(PageSize)];
        return new AlertPage(
            [.. page.Select(row => new Alerted(row, Level(row, now), !CaseBook.Sees(officer, row)))],
            rows.Count > PageSize ? Key(page[^1]) : null
        );
    }

    private async Task<IReadOnlyList<RequestRow>> RowsAsync(
        Officer officer,
        PageKey? after,
        int most,
        CancellationToken cancellation
    )
    {
        const string ofUnit = $"""
            SELECT {RequestRow.Columns} FROM request r
            WHERE r.direction = 'in' AND r.unit = @Unit AND r.open = TRUE AND r.warn_at <= @Now
                AND (r.warn_at, r.id) > (@At, @Id)
            ORDER BY r.warn_at, r.id LIMIT @Most
            """;
        const string escalated = $"""
            SELECT {RequestRow.Columns} FROM request r
            WHERE r.direction = 'in' AND r.open = TRUE AND r.escalate_at <= @Now AND (r.warn_at, r.id) > (@At, @Id)
            ORDER BY r.warn_at, r.id LIMIT @Most
            """;
        var key = after ?? new PageKey(DateTimeOffset.UnixEpoch, "");
        var now = clock.GetUtcNow();
        var standIns = await duty.StandInsAsync(cancellation);
        var units = new[] { officer.Unit, "" }
            .Concat(standIns.Where(p => p.Value == officer.Unit).Select(p => p.Key))
            .Distinct();
        var rows = new Dictionary<string, RequestRow>(StringComparer.Ordinal);
        await using var connection = await database.OpenAsync(cancellation);
        foreach (var unit in units)
        {
            Add(await connection.ListAsync<RequestRow>(ofUnit, With(unit), cancellation));
        }

        if (officer.Is(Role.Supervisor))
        {
            Add(await connection.ListAsync<RequestRow>(escalated, With(""), cancellation));
        }

        return [.. rows.Values.OrderBy(row => row.WarnAt).ThenBy(row => row.Id, StringComparer.Ordinal).Take(most)];

        object With(string unit) =>
            new
            {
                Unit = unit,
                Now = now,
                key.At,
                key.Id,
                Most = most,
            };

        void Add(IReadOnlyList<RequestRow> found)
        {
            foreach (var row in found)
            {
                rows[row.Id] = row;
            }
        }
    }

    /// <summary>Whether the officer's unit is on duty for a request that is about to run out.</summary>
    public async Task<RequestRow?> StandsInAsync(Officer officer, string request, CancellationToken cancellation)
    {
        const string sql = $"SELECT {RequestRow.Columns} FROM request r WHERE r.id = @Id";
        var row = await database.ReadAsync(
            c => c.OneAsync<RequestRow>(sql, new { Id = request }, cancellation),
            cancellation
        );
        var standIns = await duty.StandInsAsync(cancellation);
        return
            row is not null
            && LevelOf(row, clock.GetUtcNow()) is not null
            && !CaseBook.Sees(officer, row)
            && standIns.GetValueOrDefault(row.Unit) == officer.Unit
            ? row
            : null;
    }

    private static PageKey Key(RequestRow row) => new(row.WarnAt ?? row.SortAt, row.Id);

    public static AlertLevel? LevelOf(RequestRow row, DateTimeOffset now) =>
        row is { Incoming: true, Open: true } && row.WarnAt <= now ? Level(row, now) : null;

    private static AlertLevel Level(RequestRow row, DateTimeOffset now) =>
        row.EscalateAt <= now ? AlertLevel.Supervisor : AlertLevel.Unit;
}
