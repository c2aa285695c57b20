using System.Data.Common;
using Dapper;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Record;
using Entente.Node.Features.Texts;
using Entente.Node.Guard;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Features.Commitments;

/// <summary>Where commitments stand: counted from the messages that served them, and as each side reports.</summary>
internal sealed class CommitmentStandings(Database database, CountDoor door, NodeOptions options)
{
    /// <param name="reader">What they may not count is not counted: a figure tells of it too.</param>
    public async Task<IReadOnlyDictionary<string, CommitmentStanding>> OfAsync(
        IReadOnlyList<CommitmentRow> commitments,
        Officer reader,
        CancellationToken cancellation
    )
    {
        if (commitments.Count == 0)
        {
            return new Dictionary<string, CommitmentStanding>();
        }

        var ids = commitments.Select(c => c.Id).ToList();
        await using var connection = await database.OpenAsync(cancellation);
        var counts = await CountsAsync(connection, ids, cancellation);
        var counted = (await door.CountedAsync(reader, counts, cancellation)).ToLookup(c => c.Commitment);
        var done = await ActivitiesAsync(connection, ids, cancellation);
        var held = (await door.CountedAsync(reader, done, cancellation)).ToLookup(c => c.Commitment);
        var reports = (await ReportsAsync(connection, ids, cancellation)).ToLookup(r => r.Commitment);
        return commitments.ToDictionary(
            c => c.Id,
            c => Standing(c, [.. counted[c.Id]], [.. held[c.Id]], reports[c.Id])
        );
    }

    public async Task<CommitmentStanding> OfAsync(CommitmentRow row, Officer reader, CancellationToken cancellation) =>
        (await OfAsync([row], reader, cancellation))[row.Id];

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

    private async Task<IReadOnlyList<Counts>> CountsAsync(
        DbConnection connection,
        IReadOnlyList<string> ids,
        CancellationToken cancellation
    )
    {
        // What is no request of the exchange, as an activity, is everybody's.
        const string head = """
            SELECT s.commitment, s.rank, COALESCE(r.unit, '') AS unit,
                q.message IS NOT NULL AS aside,
                SUM(CASE WHEN s.direction = 'out' THEN 1 ELSE 0 END) AS sent,
                SUM(CASE WHEN s.direction = 'in' THEN 1 ELSE 0 END) AS received,
                SUM(CASE WHEN r.kind = 'request' AND r.answered_at IS NOT NULL THEN 1 ELSE 0 END) AS answered,
                SUM(CASE WHEN r.kind = 'request' AND r.answered_at <= r.due THEN 1 ELSE 0 END) AS in_time
            FROM commitment_service s
            LEFT JOIN request r ON r.id = s.message
            LEFT JOIN quarantine q ON q.message = s.message AND q.lifted_at IS NULL
            WHERE s.commitment 
            """;
        const string by = """
             GROUP BY s.commitment, s.rank, COALESCE(r.unit, ''), q.message IS NOT NULL
            """;
        var rows = await connection.QueryAsync<Counts>(
            new CommandDefinition(
                head + database.Dialect.AmongMany + by,
                new { Ids = database.Dialect.Many(ids) },
                cancellationToken: cancellation
            )
        );
        return [.. rows];
    }

    /// <summary>Each activity once, whichever side says that it serves the commitment.</summary>
    private async Task<IReadOnlyList<Activities>> ActivitiesAsync(
        DbConnection connection,
        IReadOnlyList<string> ids,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT DISTINCT c.commitment, c.activity, a.rank, COALESCE(a.trained, 0) AS trained
            FROM activity_commitment c JOIN activity a ON a.id = c.activity
            WHERE a.state = 'held' AND c.commitment 
            """;
        var rows = await connection.QueryAsync<Served>(
            new CommandDefinition(
                sql + database.Dialect.AmongMany,
                new { Ids = database.Dialect.Many(ids) },
                cancellationToken: cancellation
            )
        );
        return
        [
            .. rows.GroupBy(row => (row.Commitment, row.Rank))
                .Select(group => new Activities
                {
                    Commitment = group.Key.Commitment,
                    Rank = group.Key.Rank,
                    Held = group.Count(),
                    Trained = group.Sum(row => row.Trained),
                }),
        ];
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

    private CommitmentStanding Standing(
        CommitmentRow row,
        IReadOnlyList<Counts> counts,
        IReadOnlyList<Activities> held,
        IEnumerable<CommitmentReport> reports
    )
    {
        var said = reports.OrderBy(r => r.At).ToList();
        var ours = said.LastOrDefault(r => r.Side == options.Node);
        var theirs = said.LastOrDefault(r => r.Side != options.Node);
        var answered = counts.Sum(c => c.Answered);
        int? value = row.Indicator switch
        {
            Indicators.AnswersInTime => answered > 0 ? 100 * counts.Sum(c => c.InTime) / answered : null,
            // What was held before it was noted here, a side may still say by hand.
            Indicators.Activities => Math.Max(held.Sum(h => h.Held), ours?.Figure ?? theirs?.Figure ?? 0),
            Indicators.PeopleTrained => Math.Max(held.Sum(h => h.Trained), ours?.Figure ?? theirs?.Figure ?? 0),
            _ => ours?.Figure ?? theirs?.Figure,
        };
        return new CommitmentStanding(
            row.Id,
            value,
            counts.Sum(c => c.Sent),
            counts.Sum(c => c.Received),
            ours,
            theirs
        );
    }

    private sealed record Counts : Counted
    {
        public string Commitment { get; init; } = "";
        public int Sent { get; init; }
        public int Received { get; init; }
        public int Trained { get; init; }
        public int Answered { get; init; }
        public int InTime { get; init; }
    }

    private sealed record Served
    {
        public required string Commitment { get; init; }
        public required string Activity { get; init; }
        public required int Rank { get; init; }
        public required int Trained { get; init; }
    }

    private sealed record Activities : Counted
    {
        public string Commitment { get; init; } = "";
        public int Held { get; init; }
        public int Trained { get; init; }
    }
}
