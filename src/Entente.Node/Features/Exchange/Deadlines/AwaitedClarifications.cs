using Entente.Node.Features.Accounts;
using Entente.Node.Storage;
using Entente.Node.Web.Navigation;

namespace Entente.Node.Features.Exchange.Deadlines;

/// <summary>
/// Requests of ours that a partner cannot answer before we have made something clear: its time stands still, and nobody but
/// us can set it going again.
/// </summary>
internal sealed class AwaitedClarifications(Database database, TimeProvider clock) : INavCount
{
    private const int Most = 100;

    public string Href => "/inbox";

    public async Task<int> CountAsync(Officer officer, CancellationToken cancellation) =>
        officer.Is(Role.Officer) || officer.Is(Role.Supervisor) ? (await OfAsync(officer, cancellation)).Count : 0;

    /// <summary>Of the officer's unit, or of all for a supervisor; what has waited longest first.</summary>
    public Task<IReadOnlyList<RequestRow>> OfAsync(Officer officer, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {RequestRow.Columns} FROM request r
            WHERE r.direction = 'out' AND r.clock = 'clarification' AND r.clock_at <= @Now AND r.open
                AND (@All OR r.unit = @Unit)
            ORDER BY r.clock_at LIMIT @Most
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
