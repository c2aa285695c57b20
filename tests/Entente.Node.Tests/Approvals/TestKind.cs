using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Storage;

namespace Entente.Node.Tests.Approvals;

/// <summary>A kind that tells what became of it.</summary>
internal sealed class TestKind : IApprovalKind
{
    public string Code => "send";

    public TimeSpan Term => TimeSpan.FromHours(8);

    public string? Obstacle { get; set; }

    public List<string> Done { get; } = [];

    public Task<ApprovalPlan> PlanAsync(
        Approval approval,
        ApprovalContent content,
        Officer decider,
        CancellationToken cancellation
    ) =>
        Task.FromResult(
            Obstacle is { } obstacle
                ? ApprovalPlan.Stopped(obstacle)
                : ApprovalPlan.Do(
                    (_, _) =>
                    {
                        Done.Add("granted:" + content.Data);
                        return Task.CompletedTask;
                    }
                )
        );

    public Task RefusedAsync(Transaction transaction, Approval approval, CancellationToken cancellation)
    {
        Done.Add("ended");
        return Task.CompletedTask;
    }
}
