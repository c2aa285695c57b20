using Dapper;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Node.Verification;

namespace Entente.Node.Commands.Demo;

/// <summary>Counts what the offline verification looked at, and what went over the links.</summary>
internal sealed class DemoChecks
{
    private int _ledgers;
    private int _chains;
    private int _receipts;
    private int _sent;
    private int _delivered;

    public void Add(Report report)
    {
        _ledgers += report.Ok && report.Checked.GetValueOrDefault("ledger leaves") > 0 ? 1 : 0;
        _chains += (int)report.Checked.GetValueOrDefault("chains");
        _receipts += (int)report.Checked.GetValueOrDefault("receipts");
    }

    public async Task CountAsync(DemoNode node, NodeHome home, CancellationToken cancellation)
    {
        const string sql = """
            SELECT COUNT(*) AS sent, COALESCE(SUM(CASE WHEN state = 'delivered' THEN 1 ELSE 0 END), 0) AS delivered
            FROM message
            WHERE direction = 'out'
            """;
        await using var database = new Database(home.ConnectionString(node.Options));
        var counts = await database.ReadAsync(
            c => c.QuerySingleAsync<Counts>(new CommandDefinition(sql, cancellationToken: cancellation)),
            cancellation
        );
        _sent += counts.Sent;
        _delivered += counts.Delivered;
    }

    public DemoReport Report(DemoState state, int refusals, TimeSpan took, List<string> failures)
    {
        if (_delivered != _sent)
        {
            failures.Add($"{_sent} messages were sent and {_delivered} delivered");
        }

        return new DemoReport
        {
            Nodes = state.Nodes.Count,
            Links = state.Links,
            Readings = state.Readings + (failures.Count == 0 ? 1 : 0),
            Sent = _sent,
            Delivered = _delivered,
            ReceiptsVerified = _receipts,
            LedgersVerified = _ledgers,
            ChainsVerified = _chains,
            Refusals = refusals,
            Seconds = Math.Round(took.TotalSeconds, 2),
            Failures = failures,
        };
    }

    private sealed record Counts
    {
        public int Sent { get; init; }

        public int Delivered { get; init; }
    }
}
