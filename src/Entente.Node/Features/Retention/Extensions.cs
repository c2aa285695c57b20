using System.Text;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Retention;

/// <summary>
/// Asks to keep a case beyond its period. One person asks with a reason, another decides, among the approvals; the reason is
/// sealed, for it may say something of a person, and goes with the case.
/// </summary>
internal sealed class Extensions(
    Database database,
    ApprovalDesk approvals,
    ContentSeal seal,
    LedgerLog ledger,
    TimeProvider clock
)
{
    public const int ShortestReason = 10;
    public const int LongestReason = 2000;

    /// <summary>Longer than this beyond the present end is asked for again.</summary>
    public const int MostMonths = 36;

    /// <returns>Null when it was asked.</returns>
    public async Task<RetentionError?> AskAsync(
        Officer officer,
        string caseId,
        int months,
        string reason,
        CancellationToken cancellation
    )
    {
        var written = reason.Trim();
        return written.Length is < ShortestReason or > LongestReason ? new RetentionError.ReasonMissing()
            : months is < 1 or > MostMonths ? new RetentionError.MonthsOutOfRange()
            : await database.WriteAsync(t => AskAsync(t, officer, caseId, months, written, cancellation), cancellation);
    }

    private async Task<RetentionError?> AskAsync(
        Transaction transaction,
        Officer officer,
        string caseId,
        int months,
        string reason,
        CancellationToken cancellation
    )
    {
        var kept = await KeptRows.FindAsync(transaction, caseId, cancellation);
        if (kept is not { State: KeptCase.Held, EraseAt: { } end })
        {
            return new RetentionError.NotHeld();
        }

        const string asked = "SELECT COUNT(*) FROM retention_extension WHERE case_id = @Case AND state = 'asked'";
        if (await transaction.OneAsync<long>(asked, new { Case = caseId }, cancellation) > 0)
        {
            return new RetentionError.AskedAlready();
        }

        const string sql = """
            INSERT INTO retention_extension (id, case_id, until, data_key, sealed, state, asked_at, asked_by)
            VALUES (@Id, @Case, @Until, @DataKey, @Sealed, 'asked', @At, @By)
            """;
        var until = end.AddMonths(months);
        var approval = await approvals.AskAsync(
            transaction,
            officer,
            ExtensionApproval.Ask(officer, kept, until, reason),
            cancellation
        );
        var content = await seal.SealAsync(transaction, Encoding.UTF8.GetBytes(reason), cancellation);
        var values = new
        {
            Id = approval,
            Case = caseId,
            Until = until,
            content.DataKey,
            Sealed = content.Bytes,
            At = clock.GetUtcNow(),
            By = officer.Login,
        };
        await transaction.RunAsync(sql, values, cancellation);
        var leaf = new LedgerEvent(officer.Login, LedgerAction.Decide, $"case:{caseId}", "retention-extension-asked");
        await ledger.AppendAsync(transaction, leaf, cancellation);
        return null;
    }

    /// <summary>A case's, newest first, with their reasons.</summary>
    public async Task<IReadOnlyList<Extension>> OfAsync(string caseId, CancellationToken cancellation)
    {
        const string sql = """
            SELECT e.id, e.case_id, e.until, e.state, e.asked_at, e.asked_by, e.decided_at, e.decided_by, e.data_key,
                e.sealed, k.wrapped
            FROM retention_extension e LEFT JOIN data_key k ON k.id = e.data_key
            WHERE e.case_id = @Case ORDER BY e.asked_at DESC, e.id DESC
            """;
        var rows = await database.ReadAsync(
            c => c.ListAsync<Extension>(sql, new { Case = caseId }, cancellation),
            cancellation
        );
        return [.. rows.Select(Open)];
    }

    /// <summary>The reasons become unreadable with the cases.</summary>
    public static async Task EraseAsync(
        Transaction transaction,
        IReadOnlyList<string> cases,
        CancellationToken cancellation
    )
    {
        const string keysOf = "SELECT data_key FROM retention_extension WHERE case_id ";
        var dialect = new Dialect(transaction.Engine);
        var values = new { Ids = dialect.Many(cases) };
        var found = await transaction.ListAsync<string>(keysOf + dialect.AmongMany, values, cancellation);
        if (found.Count > 0)
        {
            await ContentSeal.EraseAsync(transaction, dialect, found, cancellation);
            await ErasedApprovals.EraseAsync(transaction, [.. cases.Select(caseId => $"case:{caseId}")], cancellation);
        }
    }

    private Extension Open(Extension row) =>
        row.Wrapped is null
            ? row
            : row with
            {
                Reason = Encoding.UTF8.GetString(seal.Open(row.DataKey, row.Wrapped, row.Sealed)),
            };
}

/// <summary>Somebody asked to keep a case longer, and what became of it.</summary>
public sealed record Extension
{
    /// <summary>The approval's, where it is decided.</summary>
    public required string Id { get; init; }
    public required string CaseId { get; init; }
    public required DateTimeOffset Until { get; init; }
    public required string State { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required string AskedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? DecidedBy { get; init; }
    public string DataKey { get; init; } = "";
    public byte[] Sealed { get; init; } = [];
    public byte[]? Wrapped { get; init; }

    /// <summary>Null once the case was erased.</summary>
    public string? Reason { get; init; }
}
