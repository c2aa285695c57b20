using System.Data.Common;
using Entente.Node.Features.Delivery;
using Entente.Node.Storage;

namespace Entente.Node.Verification;

/// <summary>
/// The one leaf of each day on which more of a link was refused than a day has leaves for: it stands in the ledger, and no
/// more lines lack a leaf than were counted.
/// </summary>
internal sealed class RefusalDayCheck(DbConnection connection, Report report)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT r.partner, r.day AS date, r.refused, r.envelope, l.object AS leaf_object, l.hash AS leaf_hash,
                EXISTS (SELECT 1 FROM envelope e WHERE e.partner = r.partner AND e.direction = 'in' AND e.sha256 = r.envelope)
                    AS is_taken
            FROM refusal_day r LEFT JOIN ledger_leaf l ON l.idx = r.leaf
            WHERE r.leaf IS NOT NULL ORDER BY r.partner, r.day
            """;
        foreach (var day in await connection.ListAsync<Day>(sql, null, cancellation))
        {
            report.Expect(
                (day.IsTaken || day.Envelope.Length == 0)
                    && day.LeafObject == $"link:{day.Partner}"
                    && day.LeafHash == RefusalDays.HashOf(day.Date, day.Refused, day.Envelope).ToString(),
                "days of many refusals",
                $"refusal_day {day.Partner} {day.Date}",
                "What was refused that day is not what the ledger accounts for."
            );
        }

        await CountAsync(cancellation);
    }

    private async Task CountAsync(CancellationToken cancellation)
    {
        const string unlisted = """
            SELECT COUNT(*) FROM envelope_entry
            WHERE partner = @Partner AND direction = 'in' AND status = 'rejected' AND leaf IS NULL
            """;
        const string partners = """
            SELECT c.partner, COALESCE(
                (SELECT SUM(r.refused - @Most) FROM refusal_day r WHERE r.partner = c.partner AND r.refused > @Most), 0
              ) AS counted
            FROM link c ORDER BY c.partner
            """;
        foreach (var link in await connection.ListAsync<Link>(partners, new { RefusalDays.Most }, cancellation))
        {
            var count = await connection.OneAsync<long>(unlisted, new { link.Partner }, cancellation);
            if (count > link.Counted)
            {
                report.Add($"link {link.Partner}", "More refusals lack a leaf in the ledger than were counted.");
            }
        }
    }

    private sealed record Day
    {
        public required string Partner { get; init; }
        public required string Date { get; init; }
        public required long Refused { get; init; }
        public required string Envelope { get; init; }
        public string? LeafObject { get; init; }
        public string? LeafHash { get; init; }
        public required bool IsTaken { get; init; }
    }

    private sealed record Link
    {
        public required string Partner { get; init; }
        public required long Counted { get; init; }
    }
}
