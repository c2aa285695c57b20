using Entente.Node.Features.Accounts;
using Entente.Node.Storage;
using Entente.Node.Web.Navigation;

namespace Entente.Node.Features.Exchange.Deadlines;

/// <summary>
/// Alerts of ours that nobody at the partner's has taken in charge in time, or that could not even be delivered: those who
/// gave them must reach the partner by another way.
/// </summary>
internal sealed class UnacknowledgedAlerts(Database database, TimeProvider clock) : INavCount
{
    private const int Most = 100;

    public string Href => "/inbox";

    public async Task<int> CountAsync(Officer officer, CancellationToken cancellation) =>
        officer.Is(Role.Officer) || officer.Is(Role.Supervisor) ? (await OfAsync(officer, cancellation)).Count : 0;

    /// <summary>Of the officer's unit, or of all for a supervisor; the longest overdue first.</summary>
    public Task<IReadOnlyList<RequestRow>> OfAsync(Officer officer, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {RequestRow.Columns} FROM request r
            WHERE r.direction = 'out' AND r.kind = 'alert' AND r.open AND r.due <= @Now
                AND (@All OR r.unit = @Unit)
            ORDER BY r.due LIMIT @Most
            """;
        var with = new
        {
            Now = clock.GetUtcNow(),
            All = officer.Is(Role.Supervisor),
            officer.Unit,
            Most,
        };
        return database.ReadAsync(c => c.ListAsync<RequestRow>(sql, with, cancellation), cancellation);
    }
}
