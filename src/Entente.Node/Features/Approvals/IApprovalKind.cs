using Entente.Node.Features.Accounts;
using Entente.Node.Storage;

namespace Entente.Node.Features.Approvals;

/// <summary>
/// What a feature lets others approve. Register one with `TryAddEnumerable(Singleton&lt;IApprovalKind, …&gt;)` and give it
/// the labels `approvals.kind.CODE`.
/// </summary>
internal interface IApprovalKind
{
    /// <summary>As it stands in the ledger: `granted:send`.</summary>
    string Code { get; }

    /// <summary>Time to decide.</summary>
    TimeSpan Term { get; }

    /// <summary>
    /// The component that shows what is asked, with a parameter `Content` of <see cref="ApprovalContent"/>; null where the
    /// words of <see cref="ApprovalContent.Shown"/> are all there is.
    /// </summary>
    Type? View => null;

    /// <summary>Where it is shown and decided, without its number; null for the page of all approvals.</summary>
    string? Page => null;

    /// <summary>
    /// Looks again whether what was asked may still be done, under the rules of this moment, outside any transaction; the
    /// plan's work is then done in the very transaction that records the grant.
    /// </summary>
    Task<ApprovalPlan> PlanAsync(
        Approval approval,
        ApprovalContent content,
        Officer decider,
        CancellationToken cancellation
    );

    /// <summary>In the transaction that records the refusal, the lapse or the withdrawal.</summary>
    Task RefusedAsync(Transaction transaction, Approval approval, CancellationToken cancellation);
}

/// <param name="Work">
/// What granting does; null where it can no longer be done. What it returns is told to who decides, once. It may still find
/// an obstacle (<see cref="ApprovalOvertaken"/>).
/// </param>
/// <param name="Obstacle">Why not, as a code: `refused:h2`, `requester-gone`.</param>
internal sealed record ApprovalPlan(Func<Transaction, CancellationToken, Task<string?>>? Work, string? Obstacle)
{
    public static ApprovalPlan Do(Func<Transaction, CancellationToken, Task> work) =>
        new(
            async (t, cancellation) =>
            {
                await work(t, cancellation);
                return null;
            },
            null
        );

    public static ApprovalPlan Tell(Func<Transaction, CancellationToken, Task<string?>> work) => new(work, null);

    public static ApprovalPlan Stopped(string obstacle) => new(null, obstacle);
}

/// <summary>The transaction that was to carry it out found it changed: all of it is undone, the grant too.</summary>
internal sealed class ApprovalOvertaken(string obstacle) : InvalidOperationException(obstacle)
{
    public string Obstacle { get; } = obstacle;
}
