using Entente.Node.Features.Accounts;
using Entente.Node.Guard;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Features.Commitments;

/// <summary>Who does what under an instrument: equality and mutual interest in figures.</summary>
internal sealed class EffortBook(Database database, CountDoor door, NodeOptions options)
{
    public async Task<Effort> OfAsync(string instrument, Officer reader, CancellationToken cancellation)
    {
        const string messages = """
            SELECT s.direction AS side, COUNT(*) AS number, s.rank, COALESCE(r.unit, '') AS unit,
                q.message IS NOT NULL AS aside
            FROM commitment c
            JOIN commitment_service s ON s.commitment = c.id
            LEFT JOIN request r ON r.id = s.message
            LEFT JOIN quarantine q ON q.message = s.message AND q.lifted_at IS NULL
            WHERE c.instrument = @Instrument
            GROUP BY s.direction, s.rank, COALESCE(r.unit, ''), q.message IS NOT NULL
            """;
        const string reports = """
            SELECT r.side, COUNT(*) AS number FROM commitment c JOIN commitment_report r ON r.commitment = c.id
            WHERE c.instrument = @Instrument GROUP BY r.side
            """;
        var with = new { Instrument = instrument };
        await using var connection = await database.OpenAsync(cancellation);
        var served = await connection.ListAsync<Count>(messages, with, cancellation);
        var sent = await door.CountedAsync(reader, served, cancellation);
        var said = await connection.ListAsync<Count>(reports, with, cancellation);
        return new Effort(
            Sum(sent, "out"),
            Sum(sent, "in"),
            Sum(said, options.Node),
            said.Where(one => one.Side != options.Node).Sum(one => one.Number)
        );
    }

    private static int Sum(IReadOnlyList<Count> counts, string side) =>
        counts.Where(one => one.Side == side).Sum(one => one.Number);

    private sealed record Count : Counted
    {
        public string Side { get; init; } = "";
        public int Number { get; init; }
    }
}

/// <param name="Sent">Messages of ours that served what the instrument promises.</param>
public sealed record Effort(int Sent, int Received, int OurReports, int TheirReports);
