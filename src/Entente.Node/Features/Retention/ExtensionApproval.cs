using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Retention;

/// <summary>Keeping a case longer waits for a second person: of the other office, where the first is of one.</summary>
internal sealed class ExtensionApproval(Database database, LedgerLog ledger, TimeProvider clock) : IApprovalKind
{
    public const string Name = "retention-extension";

    public string Code => Name;

    public TimeSpan Term => TimeSpan.FromDays(14);

    public Type View => typeof(ExtensionView);

    public static ApprovalRequest Ask(Officer officer, KeptCase kept, DateTimeOffset until, string reason)
    {
        var day = until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new ApprovalRequest(
            Name,
            $"case:{kept.CaseId}",
            kept.Partner,
            0,
            ["retention"],
            [officer.Is(Role.Protection) ? Role.Supervisor : Role.Protection],
            new ApprovalContent(kept.CaseId[^8..], reason, $"{kept.CaseId}\n→ {day}", kept.CaseId)
        );
    }

    public async Task<ApprovalPlan> PlanAsync(
        Approval approval,
        ApprovalContent content,
        Officer decider,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT id, case_id, until, state, asked_at, asked_by FROM retention_extension WHERE id = @Id AND state = 'asked'
            """;
        var asked = await database.ReadAsync(
            c => c.OneAsync<Extension>(sql, new { approval.Id }, cancellation),
            cancellation
        );
        return asked is null
            ? ApprovalPlan.Stopped("changed")
            : ApprovalPlan.Do((t, c) => ExtendAsync(t, asked, decider, c));
    }

    public Task RefusedAsync(Transaction transaction, Approval approval, CancellationToken cancellation) =>
        SettleAsync(transaction, approval.Id, "refused", null, cancellation);

    private async Task ExtendAsync(
        Transaction transaction,
        Extension asked,
        Officer decider,
        CancellationToken cancellation
    )
    {
        // Erased in the meantime: there is nothing left to keep.
        if (await KeptRows.FindAsync(transaction, asked.CaseId, cancellation) is not { State: KeptCase.Held } kept)
        {
            await SettleAsync(transaction, asked.Id, "refused", decider.Login, cancellation);
            return;
        }

        await SettleAsync(transaction, asked.Id, "granted", decider.Login, cancellation);
        var longer = kept with { ExtendedUntil = asked.Until, ClosedEarly = null };
        await KeptRows.SaveAsync(transaction, longer, cancellation);
        var leaf = new LedgerEvent(
            decider.Login,
            LedgerAction.Decide,
            $"case:{asked.CaseId}",
            "retention-extension-granted",
            Link: kept.Partner
        );
        await ledger.AppendAsync(transaction, leaf, cancellation);
    }

    private Task<int> SettleAsync(
        Transaction transaction,
        string id,
        string state,
        string? by,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE retention_extension SET state = @State, decided_at = @At, decided_by = @By
            WHERE id = @Id AND state = 'asked'
            """;
        var values = new
        {
            Id = id,
            State = state,
            At = clock.GetUtcNow(),
            By = by,
        };
        return transaction.RunAsync(sql, values, cancellation);
    }
}
