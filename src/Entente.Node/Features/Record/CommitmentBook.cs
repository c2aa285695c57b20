using Entente.Node.Storage;

namespace Entente.Node.Features.Record;

/// <summary>Commitments as pages show them.</summary>
internal sealed class CommitmentBook(Database database)
{
    public const int PageSize = 50;

    /// <param name="state">One state, or null for all.</param>
    /// <param name="before">See <see cref="PageKey"/>.</param>
    public Task<IReadOnlyList<CommitmentRow>> ListAsync(
        string country,
        string? state,
        string? before,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT c.id, c.type, c.wording, c.domain, c.state, c.due, c.sort_date, c.meeting, c.instrument
            FROM commitment c JOIN commitment_partner p ON p.commitment = c.id
            WHERE p.country = @Country AND (@State = '' OR c.state = @State)
                AND (c.sort_date, c.id) < (@Date, @Id)
            ORDER BY c.sort_date DESC, c.id DESC
            LIMIT @Limit
            """;
        var key = PageKey.Parse(before);
        var with = new
        {
            Country = country,
            State = state ?? "",
            key.Date,
            key.Id,
            Limit = PageSize + 1,
        };
        return database.ReadAsync(c => c.ListAsync<CommitmentRow>(sql, with, cancellation), cancellation);
    }

    public Task<CommitmentView?> FindAsync(string id, CancellationToken cancellation) =>
        database.ReadAsync(
            async c =>
            {
                const string sql = """
                    SELECT id, type, wording, domain, state, due, sort_date, meeting, instrument, clause, wordings,
                        indicator, target, rhythm, own_unit, partner_unit
                    FROM commitment WHERE id = @Id
                    """;
                const string partners =
                    "SELECT country FROM commitment_partner WHERE commitment = @Id ORDER BY country";
                const string progress = """
                    SELECT at, actor, state, note FROM commitment_progress WHERE commitment = @Id ORDER BY id DESC
                    """;
                var with = new { Id = id };
                return await c.OneAsync<CommitmentRow>(sql, with, cancellation) is { } row
                    ? new CommitmentView(
                        row,
                        await c.ListAsync<string>(partners, with, cancellation),
                        await c.ListAsync<ProgressRow>(progress, with, cancellation)
                    )
                    : null;
            },
            cancellation
        );
}

public sealed record CommitmentView(
    CommitmentRow Row,
    IReadOnlyList<string> Partners,
    IReadOnlyList<ProgressRow> Progress
);

public sealed record ProgressRow
{
    public DateTimeOffset At { get; init; }
    public string Actor { get; init; } = "";
    public string State { get; init; } = "";
    public string Note { get; init; } = "";
}
