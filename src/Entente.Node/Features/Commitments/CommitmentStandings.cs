using System.Data.Common;
using Dapper;
using Entente.Node.Features.Record;
using Entente.Node.Features.Texts;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Features.Commitments;

/// <summary>Where commitments stand: counted from the messages that served them, and as each side reports.</summary>
internal sealed class CommitmentStandings(Database database, NodeOptions options)
{
    /// <param name="clearance">Messages above it are not counted: a figure tells of them too.</param>
    public async Task<IReadOnlyDictionary<string, CommitmentStanding>> OfAsync(
        IReadOnlyList<CommitmentRow> commitments,
        int clearance,
        CancellationToken cancellation
    )
    {
        if (commitments.Count == 0)
        {
            return new Dictionary<string, CommitmentStanding>();
        }

        var ids = commitments.Select(c => c.Id).ToList();
        await using var connection = await database.OpenAsync(cancellation);
        var counts = (await CountsAsync(connection, ids, clearance, cancellation)).ToDictionary(c => c.Commitment);
        var reports = (await ReportsAsync(connection, ids, cancellation)).ToLookup(r => r.Commitment);
        return commitments.ToDictionary(c => c.Id, c => Standing(c, counts.GetValueOrDefault(c.Id), reports[c.Id]));
    }

    public async Task<CommitmentStanding> OfAsync(CommitmentRow row, int clearance, CancellationToken cancellation) =>
        (await OfAsync([row], clearance, cancellation))[row.Id];

    public Task<IReadOnlyList<CommitmentReport>> HistoryAsync(string commitment, CancellationToken cancellation)
    {
        const string sql = """
            SELECT commitment, side, at, author, state, figure, note FROM commitment_report
            WHERE commitment = @Id ORDER BY at DESC, id DESC LIMIT 100
            """;
        return database.ReadAsync(
            c => c.ListAsync<CommitmentReport>(sql, new { Id = commitment }, cancellation),
            cancellation
        );
    }

    /// <summary>The last messages that served it, for whoever may see them.</summary>
    public Task<IReadOnlyList<string>> MessagesAsync(string commitment, CancellationToken cancellation)
    {
        const string sql = """
            SELECT message FROM commitment_service WHERE commitment = @Id ORDER BY at DESC LIMIT 20
            """;
        return database.ReadAsync(c => c.ListAsync<string>(sql, new { Id = commitment }, cancellation), cancellation);
    }

    private async Task<IEnumerable<Counts>> CountsAsync(
        DbConnection connection,
        IReadOnlyList<string> ids,
        int clearance,
        CancellationToken cancellation
    )
    {
        const string head = """
            SELECT c.id AS commitment,
                (SELECT COUNT(*) FROM commitment_service s
                    WHERE s.commitment = c.id AND s.rank <= @Clearance AND s.direction = 'out') AS sent,
                (SELECT COUNT(*) FROM commitment_service s
                    WHERE s.commitment = c.id AND s.rank <= @Clearance AND s.direction = 'in') AS received,
                (SELECT COUNT(*) FROM commitment_service s
                    WHERE s.commitment = c.id AND s.rank <= @Clearance AND s.kind = 'activity') AS activities,
                (SELECT COUNT(*) FROM commitment_service s JOIN request r ON r.id = s.message
                    WHERE s.commitment = c.id AND s.rank <= @Clearance AND r.kind = 'request'
                        AND r.answered_at IS NOT NULL) AS answered,
                (SELECT COUNT(*) FROM commitment_service s JOIN request r ON r.id = s.message
                    WHERE s.commitment = c.id AND s.rank <= @Clearance AND r.kind = 'request'
                        AND r.answered_at <= r.due) AS in_time
            FROM commitment c
            WHERE c.id 
            """;
        return await connection.QueryAsync<Counts>(
            new CommandDefinition(
                head + database.Dialect.AmongMany,
                new { Ids = database.Dialect.Many(ids), Clearance = clearance },
                cancellationToken: cancellation
            )
        );
    }

    private async Task<IEnumerable<CommitmentReport>> ReportsAsync(
        DbConnection connection,
        IReadOnlyList<string> ids,
        CancellationToken cancellation
    )
    {
        const string head = """
            SELECT commitment, side, at, author, state, figure, note FROM commitment_report WHERE commitment 
            """;
        return await connection.QueryAsync<CommitmentReport>(
            new CommandDefinition(
                head + database.Dialect.AmongMany,
                new { Ids = database.Dialect.Many(ids) },
                cancellationToken: cancellation
            )
        );
    }

    private CommitmentStanding Standing(CommitmentRow row, Counts? counts, IEnumerable<CommitmentReport> reports)
    {
        var said = reports.OrderBy(r => r.At).ToList();
        var ours = said.LastOrDefault(r => r.Side == options.Node);
        var theirs = said.LastOrDefault(r => r.Side != options.Node);
        int? value = row.Indicator switch
        {
            Indicators.AnswersInTime => counts is { Answered: > 0 } ? 100 * counts.InTime / counts.Answered : null,
            Indicators.Activities => Math.Max(counts?.Activities ?? 0, ours?.Figure ?? theirs?.Figure ?? 0),
            _ => ours?.Figure ?? theirs?.Figure,
        };
        return new CommitmentStanding(row.Id, value, counts?.Sent ?? 0, counts?.Received ?? 0, ours, theirs);
    }

    private sealed record Counts
    {
        public string Commitment { get; init; } = "";
        public int Sent { get; init; }
        public int Received { get; init; }
        public int Activities { get; init; }
        public int Answered { get; init; }
        public int InTime { get; init; }
    }
}
