using Entente.Node.Features.Accounts;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Approvals;

/// <summary>Where a second person is asked, and where they decide. Every step is in the ledger.</summary>
internal sealed class ApprovalDesk(
    Database database,
    ApprovalRows rows,
    ApprovalPowers powers,
    IEnumerable<IApprovalKind> kinds,
    LedgerLog ledger,
    Ids ids,
    TimeProvider clock
)
{
    public const int LongestReason = 2000;

    private readonly Dictionary<string, IApprovalKind> _kinds = kinds.ToDictionary(kind => kind.Code);

    /// <summary>Asks, in the transaction of whatever else the asking does. Returns the approval's id.</summary>
    public async Task<string> AskAsync(
        Transaction transaction,
        Officer requester,
        ApprovalRequest request,
        CancellationToken cancellation
    )
    {
        var now = clock.GetUtcNow();
        var approval = new Approval
        {
            Id = ids.New(),
            Kind = request.Kind,
            Object = request.Object,
            Partner = request.Partner,
            Rank = request.Rank,
            Requester = requester.Login,
            Unit = requester.Unit,
            Rules = string.Join(',', request.Rules),
            Roles = string.Join(',', request.Roles),
            AskedAt = now,
            DueAt = now + _kinds[request.Kind].Term,
            State = Approval.Waiting,
        };
        await rows.InsertAsync(transaction, approval, request.Content, cancellation);
        await LedgerAsync(transaction, requester.Login, approval, "asked", cancellation);
        return approval.Id;
    }

    /// <summary>Whether somebody's word is still awaited about that.</summary>
    /// <param name="object">As in the ledger.</param>
    public async Task<bool> WaitsAsync(Transaction transaction, string @object, CancellationToken cancellation) =>
        await ApprovalRows.CountWaitingAsync(transaction, @object, clock.GetUtcNow(), cancellation) > 0;

    /// <summary>One voice. The last one needed carries the thing out; a refusal ends it at once.</summary>
    /// <returns>Null where it was heard.</returns>
    public async Task<ApprovalError?> DecideAsync(
        Officer decider,
        string id,
        bool grant,
        string? reason,
        CancellationToken cancellation
    ) => (await HearAsync(decider, id, grant, reason, cancellation)).Error;

    /// <summary>The same, with what the thing carried out has to tell who decided: it is told once and kept nowhere.</summary>
    public async Task<(ApprovalError? Error, string? Told)> HearAsync(
        Officer decider,
        string id,
        bool grant,
        string? reason,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
        {
            return (new ReasonMissing(), null);
        }

        await LapseAsync(cancellation);
        var (approval, content) = await database.ReadAsync(
            async c =>
                (await ApprovalRows.FindAsync(c, id, cancellation), await rows.ContentAsync(c, id, cancellation)),
            cancellation
        );
        if (approval is null || content is null)
        {
            return (new ApprovalUnknown(), null);
        }

        if (approval.State != Approval.Waiting)
        {
            return (new ApprovalSettled(), null);
        }

        var voices = await VoicesAsync(decider, approval, grant, reason.Trim(), cancellation);
        if (voices.Count == 0)
        {
            return (new NotTheirsToDecide(), null);
        }

        return grant
            ? await GrantAsync(decider, approval, content, voices, cancellation)
            : (
                await database.WriteAsync(t => RefuseAsync(t, decider, approval, voices, cancellation), cancellation),
                null
            );
    }

    /// <summary>The requester takes it back.</summary>
    public async Task<ApprovalError?> WithdrawAsync(Officer officer, string id, CancellationToken cancellation)
    {
        var approval = await database.ReadAsync(c => ApprovalRows.FindAsync(c, id, cancellation), cancellation);
        return approval?.Requester != officer.Login
            ? new ApprovalUnknown()
            : await database.WriteAsync(
                t => EndAsync(t, approval, Approval.Withdrawn, officer.Login, cancellation),
                cancellation
            );
    }

    /// <summary>What nobody decided in time has lapsed: silence grants nothing.</summary>
    public async Task LapseAsync(CancellationToken cancellation)
    {
        var waiting = await database.ReadAsync(c => ApprovalRows.WaitingAsync(c, cancellation), cancellation);
        foreach (var approval in waiting.Where(approval => approval.DueAt <= clock.GetUtcNow()))
        {
            await database.WriteAsync(
                t => EndAsync(t, approval, Approval.Lapsed, Officer.NodeActor, cancellation),
                cancellation
            );
        }
    }

    private async Task<(ApprovalError? Error, string? Told)> GrantAsync(
        Officer decider,
        Approval approval,
        ApprovalContent content,
        IReadOnlyList<ApprovalVoice> voices,
        CancellationToken cancellation
    )
    {
        var plan = await _kinds[approval.Kind].PlanAsync(approval, content, decider, cancellation);
        if (plan.Work is not { } work)
        {
            return (new NoLongerPossible(plan.Obstacle ?? ""), null);
        }

        try
        {
            return await database.WriteAsync(t => CarryOutAsync(t, approval, voices, work, cancellation), cancellation);
        }
        catch (ApprovalOvertaken overtaken)
        {
            return (new NoLongerPossible(overtaken.Obstacle), null);
        }
    }

    private async Task<(ApprovalError? Error, string? Told)> CarryOutAsync(
        Transaction t,
        Approval approval,
        IReadOnlyList<ApprovalVoice> voices,
        Func<Transaction, CancellationToken, Task<string?>> work,
        CancellationToken cancellation
    )
    {
        if (await ApprovalRows.LockAsync(t, approval.Id, cancellation) == 0)
        {
            return (new ApprovalSettled(), null);
        }

        await SpeakAsync(t, approval, voices, "granted", cancellation);
        var heard = await ApprovalRows.HeardAsync(t, approval.Id, cancellation);
        if (approval.RoleList.Any(role => !heard.Contains(role.ToString())))
        {
            return (null, null); // Somebody else is still to be heard.
        }

        await ApprovalRows.SettleAsync(t, approval.Id, Approval.Granted, clock.GetUtcNow(), cancellation);
        return (null, await work(t, cancellation));
    }

    private async Task<ApprovalError?> RefuseAsync(
        Transaction t,
        Officer decider,
        Approval approval,
        IReadOnlyList<ApprovalVoice> voices,
        CancellationToken cancellation
    )
    {
        if (await ApprovalRows.LockAsync(t, approval.Id, cancellation) == 0)
        {
            return new ApprovalSettled();
        }

        await SpeakAsync(t, approval, voices, why: null, cancellation);
        return await EndAsync(t, approval, Approval.Refused, decider.Login, cancellation);
    }

    private async Task<ApprovalError?> EndAsync(
        Transaction t,
        Approval approval,
        string state,
        string by,
        CancellationToken cancellation
    )
    {
        if (await ApprovalRows.SettleAsync(t, approval.Id, state, clock.GetUtcNow(), cancellation) == 0)
        {
            return new ApprovalSettled();
        }

        await LedgerAsync(t, by, approval, state, cancellation);
        await _kinds[approval.Kind].RefusedAsync(t, approval, cancellation);
        return null;
    }

    private async Task SpeakAsync(
        Transaction t,
        Approval approval,
        IReadOnlyList<ApprovalVoice> voices,
        string? why,
        CancellationToken cancellation
    )
    {
        foreach (var voice in voices)
        {
            if (await rows.VoiceAsync(t, approval.Id, voice, cancellation) > 0 && why is not null)
            {
                await LedgerAsync(t, voice.Officer, approval, why, cancellation);
            }
        }
    }

    /// <summary>One for each role needed that the officer may speak for, by right first.</summary>
    private async Task<IReadOnlyList<ApprovalVoice>> VoicesAsync(
        Officer decider,
        Approval approval,
        bool grant,
        string reason,
        CancellationToken cancellation
    )
    {
        var now = clock.GetUtcNow();
        var held = await powers.OfAsync(decider, cancellation);
        return
        [
            .. held.Where(power => power.Decides(approval, decider, now))
                .OrderBy(power => power.OnBehalf is not null)
                .DistinctBy(power => power.Role)
                .Select(power => new ApprovalVoice(power.Role, decider.Login, power.OnBehalf, grant, now, reason)),
        ];
    }

    private Task<long> LedgerAsync(
        Transaction t,
        string actor,
        Approval approval,
        string why,
        CancellationToken cancellation
    ) =>
        ledger.AppendAsync(
            t,
            new LedgerEvent(
                actor,
                LedgerAction.Decide,
                $"approval:{approval.Id}",
                $"{why}:{approval.Kind}",
                Link: approval.Partner
            ),
            cancellation
        );
}
