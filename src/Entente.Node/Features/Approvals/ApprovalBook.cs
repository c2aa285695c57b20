using Entente.Node.Features.Accounts;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Approvals;

/// <summary>What waits, for whom, and what was asked.</summary>
internal sealed class ApprovalBook(
    Database database,
    ApprovalRows rows,
    ApprovalPowers powers,
    ApprovalDesk desk,
    LedgerLog ledger,
    TimeProvider clock
)
{
    /// <summary>What the officer may decide now, the first due first.</summary>
    public async Task<IReadOnlyList<Approval>> QueueAsync(Officer officer, CancellationToken cancellation)
    {
        await desk.LapseAsync(cancellation);
        var held = await powers.OfAsync(officer, cancellation);
        var waiting = await database.ReadAsync(c => ApprovalRows.WaitingAsync(c, cancellation), cancellation);
        var now = clock.GetUtcNow();
        return [.. waiting.Where(approval => held.Any(power => power.Decides(approval, officer, now)))];
    }

    /// <summary>How much the officer may decide now. Nothing lapses by being counted.</summary>
    public async Task<int> CountAsync(Officer officer, CancellationToken cancellation)
    {
        var waiting = await database.ReadAsync(c => ApprovalRows.WaitingAsync(c, cancellation), cancellation);
        if (waiting.Count == 0)
        {
            return 0;
        }

        var (held, now) = (await powers.OfAsync(officer, cancellation), clock.GetUtcNow());
        return waiting.Count(a => a.DueAt > now && held.Any(power => power.Decides(a, officer, now)));
    }

    /// <summary>What waits about the access of persons, whoever may decide it; the first due first.</summary>
    public async Task<IReadOnlyList<Approval>> AboutAccountsAsync(CancellationToken cancellation)
    {
        var waiting = await database.ReadAsync(c => ApprovalRows.WaitingAsync(c, cancellation), cancellation);
        return [.. waiting.Where(approval => approval.Account is not null && approval.DueAt > clock.GetUtcNow())];
    }

    /// <summary>What waits for a word about one thing; null where nothing does.</summary>
    public async Task<Approval?> WaitingAsync(string kind, string @object, CancellationToken cancellation)
    {
        var waiting = await database.ReadAsync(c => ApprovalRows.WaitingAsync(c, cancellation), cancellation);
        return waiting.FirstOrDefault(one =>
            one.Kind == kind && one.Object == @object && one.DueAt > clock.GetUtcNow()
        );
    }

    public async Task<string?> KindAsync(string id, CancellationToken cancellation) =>
        (await database.ReadAsync(c => ApprovalRows.FindAsync(c, id, cancellation), cancellation))?.Kind;

    public Task<IReadOnlyList<Approval>> AskedByAsync(Officer officer, CancellationToken cancellation) =>
        database.ReadAsync(c => ApprovalRows.AskedByAsync(c, officer.Login, cancellation), cancellation);

    /// <summary>For the requester, and for whoever may decide or did. The decider's reading is a consultation.</summary>
    public async Task<ApprovalFile?> OpenAsync(Officer officer, string id, CancellationToken cancellation)
    {
        await desk.LapseAsync(cancellation);
        var approval = await database.ReadAsync(c => ApprovalRows.FindAsync(c, id, cancellation), cancellation);
        if (approval is null)
        {
            return null;
        }

        var held = await powers.OfAsync(officer, cancellation);
        var decides = held.Any(power => power.Decides(approval, officer, clock.GetUtcNow()));
        if (!decides && approval.Requester != officer.Login)
        {
            return null;
        }

        if (decides)
        {
            var leaf = new LedgerEvent(
                officer.Login,
                LedgerAction.Consult,
                $"approval:{approval.Id}",
                approval.Kind,
                Link: approval.Partner
            );
            await database.WriteAsync(t => ledger.AppendAsync(t, leaf, cancellation), cancellation);
        }

        return await database.ReadAsync(
            async c => new ApprovalFile(
                approval,
                await rows.ContentAsync(c, id, cancellation),
                await rows.VoicesAsync(c, id, cancellation),
                decides && approval.State == Approval.Waiting
            ),
            cancellation
        );
    }
}
