using System.Text.Json;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>A request or an information that waits for a second person: it goes out when they grant it.</summary>
internal sealed class SendApproval(
    DraftReview review,
    RequestSending sending,
    ActiveOfficers officers,
    TimeProvider clock
) : IApprovalKind
{
    public const string Name = "send";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string Code => Name;

    public TimeSpan Term => TimeSpan.FromDays(3);

    public static ApprovalRequest Ask(ReviewedDraft reviewed, Message message)
    {
        var data = new WaitingDraft(
            reviewed.Draft with
            {
                Attachments = [],
            },
            System.Text.Encoding.UTF8.GetString(message.ToLine())
        );
        return new ApprovalRequest(
            Name,
            $"draft:{message.Id}",
            reviewed.Link.Partner,
            reviewed.Draft.Rank,
            reviewed.Decision.ToApprove,
            reviewed.Decision.Approvers,
            new ApprovalContent(
                message.Subject,
                reviewed.Draft.ApprovalReason ?? "",
                DraftText.Of(message),
                JsonSerializer.Serialize(data, Json)
            )
        );
    }

    public async Task<ApprovalPlan> PlanAsync(
        Approval approval,
        ApprovalContent content,
        Officer decider,
        CancellationToken cancellation
    )
    {
        var waiting = JsonSerializer.Deserialize<WaitingDraft>(content.Data, Json)!; // Our own writing.
        var message = Message.Parse(System.Text.Encoding.UTF8.GetBytes(waiting.Line)).Required();
        if (await officers.FindAsync(approval.Requester, cancellation) is not { } officer)
        {
            return ApprovalPlan.Stopped("requester-gone");
        }

        var draft = waiting.Draft with { Attachments = message.Attachments ?? [] };
        var approved = approval.RuleList.ToHashSet(StringComparer.Ordinal);
        var (reviewed, _) = await review.OfAsync(officer, draft, cancellation, approved);
        return reviewed is null ? ApprovalPlan.Stopped("changed")
            : !reviewed.Decision.Allowed ? ApprovalPlan.Stopped(reviewed.Decision.Why)
            : ApprovalPlan.Do(
                (t, c) =>
                    sending.StoreAsync(
                        t,
                        officer,
                        reviewed,
                        message with
                        {
                            Sent = WireTime.Round(clock.GetUtcNow()),
                        },
                        c
                    )
            );
    }

    public Task RefusedAsync(Transaction transaction, Approval approval, CancellationToken cancellation) =>
        Task.CompletedTask; // Nothing had been done yet.

    /// <param name="Line">The message as it was judged, files and all.</param>
    private sealed record WaitingDraft(RequestDraft Draft, string Line);
}
