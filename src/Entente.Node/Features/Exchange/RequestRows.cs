using Entente.Node.Features.Exchange.Deadlines;
using Entente.Node.Features.Exchange.Sums;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>Writes request rows, each statement in the caller's transaction.</summary>
internal static class RequestRows
{
    private static readonly string[] Inserted =
    [
        "Id",
        "CaseId",
        "Kind",
        "Direction",
        "Partner",
        "Country",
        "Unit",
        "PartnerUnit",
        "Domain",
        "Urgency",
        "ProfileId",
        "ProfileVersion",
        "Rank",
        "Author",
        "Forwards",
        "Sent",
        "Received",
        "Due",
        "SortAt",
        "State",
        "Open",
        "WarnAt",
        "EscalateAt",
    ];

    public static Task InsertAsync(
        Transaction transaction,
        IReadOnlyList<RequestRow> rows,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO request (id, case_id, kind, direction, partner, country, unit, partner_unit, domain, urgency,
                profile_id, profile_version, rank, author, forwards, sent, received, due, sort_at, state, open,
                warn_at, escalate_at)
            VALUES (@Id, @CaseId, @Kind, @Direction, @Partner, @Country, @Unit, @PartnerUnit, @Domain, @Urgency,
                @ProfileId, @ProfileVersion, @Rank, @Author, @Forwards, @Sent, @Received, @Due, @SortAt, @State, @Open,
                @WarnAt, @EscalateAt)
            """;
        return Bulk.ExecuteAsync(transaction, sql, Inserted, [.. rows.Select(Values)], cancellation);
    }

    private static object?[] Values(RequestRow row) =>
        [
            row.Id,
            row.CaseId,
            row.Kind,
            row.Direction,
            row.Partner,
            row.Country,
            row.Unit,
            row.PartnerUnit,
            row.Domain,
            row.Urgency,
            row.ProfileId,
            row.ProfileVersion,
            row.Rank,
            row.Author,
            row.Forwards,
            row.Sent.ToUnixTimeMilliseconds(),
            row.Received?.ToUnixTimeMilliseconds(),
            row.Due?.ToUnixTimeMilliseconds(),
            row.SortAt.ToUnixTimeMilliseconds(),
            row.State,
            row.Open,
            row.WarnAt?.ToUnixTimeMilliseconds(),
            row.EscalateAt?.ToUnixTimeMilliseconds(),
        ];

    public static Task<RequestRow?> FindAsync(Transaction transaction, string id, CancellationToken cancellation)
    {
        const string sql = $"SELECT {RequestRow.Columns} FROM request r WHERE r.id = @Id";
        return transaction.OneAsync<RequestRow>(sql, new { Id = id }, cancellation);
    }

    /// <summary>Those of the ids that are requests or informations, by id.</summary>
    public static async Task<IReadOnlyDictionary<string, RequestRow>> FindAsync(
        Transaction transaction,
        string[] ids,
        CancellationToken cancellation
    )
    {
        var dialect = new Dialect(transaction.Engine);
        var sql = $"SELECT {RequestRow.Columns} FROM request r WHERE r.id {dialect.AmongMany}";
        var rows = await transaction.ListAsync<RequestRow>(sql, new { Ids = dialect.Many(ids) }, cancellation);
        return rows.ToDictionary(row => row.Id, StringComparer.Ordinal);
    }

    /// <param name="requests">Each with the time of its receipt, and its clock that starts then.</param>
    public static Task DeliveredAsync(
        Transaction transaction,
        IReadOnlyList<(string Id, DateTimeOffset At, ClockReading? Reading)> requests,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE request SET received = @At, due = @Due, sort_at = COALESCE(@SortAt, sort_at), warn_at = @WarnAt,
                escalate_at = @EscalateAt, state = CASE WHEN state = 'sent' THEN 'delivered' ELSE state END
            WHERE id = @Id AND direction = 'out'
            """;
        string[] names = ["Id", "At", "Due", "SortAt", "WarnAt", "EscalateAt"];
        var rows = requests.Select(
            object?[] (r) =>
                [
                    r.Id,
                    r.At.ToUnixTimeMilliseconds(),
                    r.Reading?.Due?.ToUnixTimeMilliseconds(),
                    r.Reading?.SortAt.ToUnixTimeMilliseconds(),
                    r.Reading?.WarnAt?.ToUnixTimeMilliseconds(),
                    r.Reading?.EscalateAt?.ToUnixTimeMilliseconds(),
                ]
        );
        return Bulk.ExecuteAsync(transaction, sql, names, [.. rows], cancellation);
    }

    public static Task<int> RejectedAsync(
        Transaction transaction,
        string id,
        string reason,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE request SET state = 'rejected', open = FALSE, reason = @Reason
            WHERE id = @Id AND direction = 'out'
            """;
        return transaction.RunAsync(sql, new { Id = id, Reason = reason }, cancellation);
    }

    /// <summary>Seen by the partner (out) or by us (in). Never goes back.</summary>
    public static Task<int> SeenAsync(
        Transaction transaction,
        RequestRow row,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE request SET seen_at = @At,
                state = CASE WHEN state IN ('sent', 'delivered', 'received') THEN 'seen' ELSE state END
            WHERE id = @Id AND seen_at IS NULL
            """;
        return transaction.RunAsync(sql, new { row.Id, At = at }, cancellation);
    }

    /// <summary>Somebody has it. An information or an alert asks for no more, and is done with.</summary>
    /// <param name="by">In: the officer's login and unit; out: null.</param>
    public static async Task<int> TakenAsync(
        Transaction transaction,
        RequestRow row,
        DateTimeOffset at,
        (string Login, string Unit)? by,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE request SET taken_at = @At, taken_by = @Login, unit = COALESCE(@Unit, unit),
                state = CASE WHEN state IN ('partly', 'answered') THEN state ELSE 'taken' END,
                open = CASE WHEN kind = 'request' THEN open ELSE FALSE END
            WHERE id = @Id AND taken_at IS NULL
            """;
        var values = new
        {
            row.Id,
            At = at,
            by?.Login,
            by?.Unit,
        };
        var taken = await transaction.RunAsync(sql, values, cancellation);
        if (taken > 0 && by is not null && by.Value.Unit != row.Unit)
        {
            await StaleDays.MarkAsync(transaction, row.Id, cancellation); // It is another unit's from now on.
        }

        return taken;
    }

    /// <summary>Our answer is with the asker: it counts from there.</summary>
    public static async Task<int> AnswerTakenAsync(
        Transaction transaction,
        string answer,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        const string sql = "UPDATE request SET answered_at = @At WHERE answer_id = @Answer AND direction = @In";
        // Not as a literal: PostgreSQL would take an index of the inbox, whose condition it is, for one of the answer.
        var values = new
        {
            Answer = answer,
            At = at,
            In = "in",
        };
        var taken = await transaction.RunAsync(sql, values, cancellation);
        if (taken > 0)
        {
            await StaleDays.MarkLateAsync(transaction, [answer], at, cancellation);
        }

        return taken;
    }

    public static Task<int> AnsweredAsync(
        Transaction transaction,
        RequestRow row,
        RequestAnswer answer,
        CancellationToken cancellation
    )
    {
        const string whole = """
            UPDATE request SET answered_at = @At, answer_id = @Message, outcome = @Outcome, ground = @Ground,
                held_ground = @HeldGround, state = 'answered', open = FALSE
            WHERE id = @Id AND answered_at IS NULL
            """;
        const string part = """
            UPDATE request SET partial_id = @Message, state = 'partly' WHERE id = @Id AND answered_at IS NULL
            """;
        var values = new
        {
            row.Id,
            answer.At,
            answer.Message,
            answer.Outcome,
            answer.Ground,
            answer.HeldGround,
        };
        return transaction.RunAsync(answer.IsPart ? part : whole, values, cancellation);
    }
}

/// <param name="At">When it reached the asker, or left us.</param>
/// <param name="Outcome">`provided`, `partial`, `no-information`, `refused`.</param>
public sealed record RequestAnswer(string Message, DateTimeOffset At, string Outcome, string? Ground)
{
    /// <summary>The rest follows: the request stays open.</summary>
    public bool IsPart { get; init; }

    /// <summary>Ours alone to know: the ground of a refusal that was told as 'no information'.</summary>
    public string? HeldGround { get; init; }
}
