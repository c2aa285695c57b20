using Entente.Node.Features.Accounts;
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

/// <summary>
/// Which requests are about to run out, and whom that concerns: the unit's officers, those on duty while the unit is not at
/// its desk, and in the end the supervisors. Read from the rows whenever somebody looks: nothing is to be missed by a timer.
/// </summary>
internal sealed class AlertBook(Database database, DutyBook duty, TimeProvider clock) : INavCount
{
    private const int Most = 20;

    public string Href => "/inbox";

    public async Task<int> CountAsync(Officer officer, CancellationToken cancellation) =>
        officer.Is(Role.Officer) || officer.Is(Role.Supervisor) ? (await OfAsync(officer, cancellation)).Count : 0;

    /// <summary>The most urgent first.</summary>
    public async Task<IReadOnlyList<Alerted>> OfAsync(Officer officer, CancellationToken cancellation)
    {
        const string ofUnit = $"""
            SELECT {RequestRow.Columns} FROM request r
            WHERE r.direction = 'in' AND r.unit = @Unit AND r.open = TRUE AND r.warn_at <= @Now
            ORDER BY r.warn_at LIMIT @Most
            """;
        const string escalated = $"""
            SELECT {RequestRow.Columns} FROM request r
            WHERE r.direction = 'in' AND r.open = TRUE AND r.escalate_at <= @Now
            ORDER BY r.escalate_at LIMIT @Most
            """;
        var now = clock.GetUtcNow();
        var standIns = await duty.StandInsAsync(cancellation);
        string[] units =
        [
            .. new[] { officer.Unit, "" }
                .Concat(standIns.Where(p => p.Value == officer.Unit).Select(p => p.Key))
                .Distinct(),
        ];
        var rows = new Dictionary<string, RequestRow>(StringComparer.Ordinal);
        await using var connection = await database.OpenAsync(cancellation);
        foreach (var unit in units)
        {
            var with = new
            {
                Unit = unit,
                Now = now,
                Most,
            };
            Add(await connection.ListAsync<RequestRow>(ofUnit, with, cancellation));
        }

        if (officer.Is(Role.Supervisor))
        {
            Add(await connection.ListAsync<RequestRow>(escalated, new { Now = now, Most }, cancellation));
        }

        return
        [
            .. rows
                .Values.OrderBy(row => row.SortAt)
                .ThenBy(row => row.Id, StringComparer.Ordinal)
                .Select(row => new Alerted(row, Level(row, now), !CaseBook.Sees(officer, row))),
        ];

        void Add(IReadOnlyList<RequestRow> found)
        {
            foreach (var row in found)
            {
                rows[row.Id] = row;
            }
        }
    }

    /// <summary>Whether the officer's unit is on duty for a request that is about to run out.</summary>
    public async Task<RequestRow?> StandsInAsync(Officer officer, string request, CancellationToken cancellation) =>
        (await OfAsync(officer, cancellation)).FirstOrDefault(a => a.StandsIn && a.Row.Id == request)?.Row;

    public static AlertLevel? LevelOf(RequestRow row, DateTimeOffset now) =>
        row is { Incoming: true, Open: true } && row.WarnAt <= now ? Level(row, now) : null;

    private static AlertLevel Level(RequestRow row, DateTimeOffset now) =>
        row.EscalateAt <= now ? AlertLevel.Supervisor : AlertLevel.Unit;
}
