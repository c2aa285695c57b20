using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Derivations;
using Entente.Node.Features.Exchange;
using Entente.Node.Storage;
using Entente.Node.Web.Navigation;

namespace Entente.Node.Features.Corrections;

/// <summary>Corrections as officers see them: their unit's, and all for supervisors and data protection.</summary>
internal sealed class CorrectionBook(Database database, DerivationBook derivations, TimeProvider clock)
    : IWithdrawn,
        INavCount
{
    private const string Withdrawn = """
        SELECT COUNT(*) FROM correction WHERE message_id = @Message AND direction = 'in' AND state <> 'refused'
        """;

    private const int Most = 100;

    public string Href => "/corrections";

    /// <summary>What waits for a decision here, what nobody has answered in time, and what they made that was overtaken.</summary>
    public async Task<int> CountAsync(Officer officer, CancellationToken cancellation)
    {
        if (!officer.Roles.Overlaps([Role.Officer, Role.Supervisor, Role.Protection]))
        {
            return 0;
        }

        var waiting = (await WaitingAsync(officer, cancellation)).Count;
        var overtaken = (await derivations.OvertakenAsync(officer, cancellation)).Count;
        return waiting
            + overtaken
            + (await OpenAsync(officer, cancellation)).Count(o => o.Notice.OverdueAt(clock.GetUtcNow()));
    }

    /// <summary>What partners told us and nobody here has decided, the nearest deadline first.</summary>
    public Task<IReadOnlyList<CorrectionRow>> WaitingAsync(Officer officer, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {CorrectionRow.Columns} FROM correction c
            WHERE c.state = 'waiting' AND (@All OR c.unit = @Unit OR c.unit = '')
            ORDER BY c.deadline, c.id LIMIT @Most
            """;
        return database.ReadAsync(c => c.ListAsync<CorrectionRow>(sql, Reader(officer), cancellation), cancellation);
    }

    /// <summary>Those we told that have not answered: they stay here for ever.</summary>
    public async Task<IReadOnlyList<(NoticeRow Notice, CorrectionRow Correction)>> OpenAsync(
        Officer officer,
        CancellationToken cancellation
    )
    {
        const string notices = """
            SELECT n.id, n.correction_id, n.partner, n.message_id, n.deadline, n.state, n.state_at, n.ground, n.answer_id,
                n.leaf
            FROM correction_notice n JOIN correction c ON c.id = n.correction_id
            WHERE n.state IN ('held', 'sent', 'delivered', 'rejected') AND (@All OR c.unit = @Unit OR c.unit = '')
            ORDER BY n.deadline, n.id LIMIT @Most
            """;
        const string one = $"SELECT {CorrectionRow.Columns} FROM correction c WHERE c.id = @Id";
        await using var connection = await database.OpenAsync(cancellation);
        var open = new List<(NoticeRow, CorrectionRow)>();
        foreach (var notice in await connection.ListAsync<NoticeRow>(notices, Reader(officer), cancellation))
        {
            var with = new { Id = notice.CorrectionId };
            open.Add((notice, (await connection.OneAsync<CorrectionRow>(one, with, cancellation))!)); // Joined above.
        }

        return open;
    }

    /// <summary>The last ones, newest first.</summary>
    public Task<IReadOnlyList<CorrectionRow>> LastAsync(Officer officer, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {CorrectionRow.Columns} FROM correction c
            WHERE c.at > 0 AND (@All OR c.unit = @Unit OR c.unit = '')
            ORDER BY c.at DESC, c.id DESC LIMIT @Most
            """;
        return database.ReadAsync(c => c.ListAsync<CorrectionRow>(sql, Reader(officer), cancellation), cancellation);
    }

    public Task<IReadOnlyList<CorrectionRow>> OfCaseAsync(string caseId, CancellationToken cancellation)
    {
        const string sql =
            $"SELECT {CorrectionRow.Columns} FROM correction c WHERE c.case_id = @Case ORDER BY c.at, c.id";
        return database.ReadAsync(
            c => c.ListAsync<CorrectionRow>(sql, new { Case = caseId }, cancellation),
            cancellation
        );
    }

    /// <summary>Null where there is none, or it is not the officer's.</summary>
    public async Task<CorrectionFile?> FileAsync(Officer officer, string id, CancellationToken cancellation)
    {
        const string one = $"""
            SELECT {CorrectionRow.Columns} FROM correction c
            WHERE c.id = @Id AND (@All OR c.unit = @Unit OR c.unit = '')
            """;
        const string notices = """
            SELECT id, correction_id, partner, message_id, deadline, state, state_at, ground, answer_id, leaf
            FROM correction_notice WHERE correction_id = @Id ORDER BY id
            """;
        const string reports = """
            SELECT r.notice_id, r.node, r.state, r.at
            FROM correction_notice n JOIN correction_report r ON r.notice_id = n.id
            WHERE n.correction_id = @Id ORDER BY r.at, r.node
            """;
        const string traces = """
            SELECT correction_id, kind, item, at, done_at, done_by FROM correction_trace
            WHERE correction_id = @Id ORDER BY at, kind, item
            """;
        var with = new
        {
            Id = id,
            All = SeesAll(officer),
            officer.Unit,
        };
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.OneAsync<CorrectionRow>(one, with, cancellation) is { } row
            ? new CorrectionFile(
                row,
                await connection.ListAsync<NoticeRow>(notices, new { Id = id }, cancellation),
                await connection.ListAsync<ReportRow>(reports, new { Id = id }, cancellation),
                await connection.ListAsync<TraceRow>(traces, new { Id = id }, cancellation)
            )
            : null;
    }

    /// <summary>A recalled message is put to no new use while its recall is undecided, nor afterwards unless it was refused.</summary>
    public Task<bool> IsWithdrawnAsync(string message, CancellationToken cancellation) =>
        database.ReadAsync(
            async c => await c.OneAsync<long>(Withdrawn, new { Message = message }, cancellation) > 0,
            cancellation
        );

    public async Task<bool> IsWithdrawnAsync(Transaction transaction, string message, CancellationToken cancellation)
    {
        await MessageRows.HoldAsync(transaction, message, cancellation);
        return await transaction.OneAsync<long>(Withdrawn, new { Message = message }, cancellation) > 0;
    }

    private static object Reader(Officer officer) =>
        new
        {
            All = SeesAll(officer),
            officer.Unit,
            Most,
        };

    private static bool SeesAll(Officer officer) => officer.Is(Role.Supervisor) || officer.Is(Role.Protection);
}

/// <summary>One correction with everything that is known of it.</summary>
public sealed record CorrectionFile(
    CorrectionRow Row,
    IReadOnlyList<NoticeRow> Notices,
    IReadOnlyList<ReportRow> Reports,
    IReadOnlyList<TraceRow> Traces
);
