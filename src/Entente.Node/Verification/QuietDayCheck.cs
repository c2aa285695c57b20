using System.Data.Common;
using Entente.Node.Features.Delivery;
using Entente.Node.Storage;

namespace Entente.Node.Verification;

/// <summary>
/// The one leaf a day of each quiet link: it is over an envelope that we sent and a receipt that we hold, and it stands in
/// the ledger.
/// </summary>
internal sealed class QuietDayCheck(DbConnection connection, Report report)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT q.partner, q.day AS date, q.envelope, q.receipt, l.object AS leaf_object, l.hash AS leaf_hash,
                EXISTS (SELECT 1 FROM envelope e WHERE e.partner = q.partner AND e.direction = 'out' AND e.sha256 = q.envelope)
                    AS is_sent
            FROM quiet_day q LEFT JOIN ledger_leaf l ON l.idx = q.leaf
            WHERE q.leaf IS NOT NULL ORDER BY q.partner, q.day
            """;
        foreach (var day in await connection.ListAsync<Day>(sql, null, cancellation))
        {
            report.Expect(
                (day.IsSent || day.Envelope.Length == 0)
                    && day.LeafObject == $"link:{day.Partner}"
                    && day.LeafHash == QuietDays.HashOf(day.Date, day.Envelope, day.Receipt).ToString(),
                "days of quiet links",
                $"quiet_day {day.Partner} {day.Date}",
                "What went that day is not what the ledger accounts for."
            );
        }
    }

    private sealed record Day
    {
        public required string Partner { get; init; }
        public required string Date { get; init; }
        public required string Envelope { get; init; }
        public required string Receipt { get; init; }
        public string? LeafObject { get; init; }
        public string? LeafHash { get; init; }
        public required bool IsSent { get; init; }
    }
}
