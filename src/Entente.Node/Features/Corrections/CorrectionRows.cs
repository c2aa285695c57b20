using Entente.Node.Storage;

namespace Entente.Node.Features.Corrections;

/// <summary>Writes corrections, each statement in the caller's transaction.</summary>
internal static class CorrectionRows
{
    /// <returns>False where the same matter about the same message is here already.</returns>
    public static async Task<bool> InsertAsync(Transaction t, CorrectionRow row, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO correction (id, matter, direction, partner, message_id, case_id, unit, action, ground, at,
                deadline, state, data_key, sealed)
            VALUES (@Id, @Matter, @Direction, @Partner, @MessageId, @CaseId, @Unit, @Action, @Ground, @At,
                @Deadline, @State, @DataKey, @Sealed)
            ON CONFLICT (message_id, matter) DO NOTHING
            """;
        return await t.RunAsync(sql, row, cancellation) > 0;
    }

    /// <summary>How many matters there are about a message.</summary>
    public static Task<long> CountAsync(Transaction t, string message, CancellationToken cancellation)
    {
        const string sql = "SELECT COUNT(*) FROM correction WHERE message_id = @Message";
        return t.OneAsync<long>(sql, new { Message = message }, cancellation);
    }

    public static Task<CorrectionRow?> FindAsync(Transaction t, string id, CancellationToken cancellation)
    {
        const string sql = $"SELECT {CorrectionRow.Columns} FROM correction c WHERE c.id = @Id";
        return t.OneAsync<CorrectionRow>(sql, new { Id = id }, cancellation);
    }

    /// <returns>0 where somebody was faster.</returns>
    public static Task<int> DecideAsync(
        Transaction t,
        string id,
        string state,
        (DateTimeOffset At, string By, long? Leaf) decision,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE correction SET state = @State, decided_at = @At, decided_by = @By, leaf = @Leaf
            WHERE id = @Id AND state IN ('waiting', 'refused')
            """;
        var values = new
        {
            Id = id,
            State = state,
            decision.At,
            decision.By,
            decision.Leaf,
        };
        return t.RunAsync(sql, values, cancellation);
    }

    public static Task NoticeAsync(Transaction t, NoticeRow notice, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO correction_notice (id, correction_id, partner, message_id, deadline, state, state_at)
            VALUES (@Id, @CorrectionId, @Partner, @MessageId, @Deadline, @State, @StateAt)
            """;
        return t.RunAsync(sql, notice, cancellation);
    }

    public static Task<NoticeRow?> NoticeAsync(Transaction t, string id, CancellationToken cancellation)
    {
        const string sql = """
            SELECT id, correction_id, partner, message_id, deadline, state, state_at, ground, answer_id, leaf
            FROM correction_notice WHERE id = @Id
            """;
        return t.OneAsync<NoticeRow>(sql, new { Id = id }, cancellation);
    }

    /// <summary>A notice that another takes the place of.</summary>
    public static Task DropNoticeAsync(Transaction t, string id, CancellationToken cancellation)
    {
        const string sql = "DELETE FROM correction_notice WHERE id = @Id";
        return t.RunAsync(sql, new { Id = id }, cancellation);
    }

    /// <summary>What the partner answered; a later answer stands, for a refusal may be thought over.</summary>
    public static Task AnsweredAsync(Transaction t, NoticeRow notice, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE correction_notice SET state = @State, state_at = @StateAt, ground = @Ground, answer_id = @AnswerId,
                leaf = @Leaf
            WHERE id = @Id
            """;
        return t.RunAsync(sql, notice, cancellation);
    }

    /// <summary>Receipts for our notices.</summary>
    public static async Task DeliveredAsync(
        Transaction t,
        IReadOnlyList<Delivery.DeliveredMessage> messages,
        CancellationToken cancellation
    )
    {
        const string select = "SELECT n.id FROM correction_notice n WHERE n.state = 'sent' AND n.id ";
        const string update = "UPDATE correction_notice SET state = @State, state_at = @At WHERE id = @Id";
        var dialect = new Dialect(t.Engine);
        var with = new { Ids = dialect.Many([.. messages.Select(m => m.Id)]) };
        foreach (var id in await t.ListAsync<string>(select + dialect.AmongMany, with, cancellation))
        {
            var message = messages.First(m => m.Id == id);
            var state = message.RejectedReason is null ? "delivered" : "rejected";
            await t.RunAsync(
                update,
                new
                {
                    Id = id,
                    State = state,
                    message.At,
                },
                cancellation
            );
        }
    }

    /// <returns>How many nodes were reported on a notice, and what was said of this one; null where nothing was.</returns>
    public static async Task<(long Nodes, string? State)> ReportedAsync(
        Transaction t,
        ReportRow report,
        CancellationToken cancellation
    )
    {
        const string nodes = "SELECT COUNT(*) FROM correction_report WHERE notice_id = @NoticeId";
        const string state = "SELECT state FROM correction_report WHERE notice_id = @NoticeId AND node = @Node";
        return (
            await t.OneAsync<long>(nodes, report, cancellation),
            await t.OneAsync<string>(state, report, cancellation)
        );
    }

    public static Task ReportAsync(Transaction t, ReportRow report, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO correction_report (notice_id, node, state, at) VALUES (@NoticeId, @Node, @State, @At)
            ON CONFLICT (notice_id, node) DO UPDATE SET state = excluded.state, at = excluded.at
            """;
        return t.RunAsync(sql, report, cancellation);
    }

    public static Task TraceAsync(Transaction t, TraceRow trace, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO correction_trace (correction_id, kind, item, at) VALUES (@CorrectionId, @Kind, @Item, @At)
            ON CONFLICT (correction_id, kind, item) DO NOTHING
            """;
        return t.RunAsync(sql, trace, cancellation);
    }

    public static Task<int> TraceDoneAsync(Transaction t, TraceRow trace, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE correction_trace SET done_at = @DoneAt, done_by = @DoneBy
            WHERE correction_id = @CorrectionId AND kind = @Kind AND item = @Item AND done_at IS NULL
            """;
        return t.RunAsync(sql, trace, cancellation);
    }
}
