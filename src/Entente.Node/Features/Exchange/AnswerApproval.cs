using System.Text;
using System.Text.Json;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>An answer that waits for a second person: it goes out when they grant it.</summary>
internal sealed class AnswerApproval(
    AnswerReview review,
    AnswerSending sending,
    ActiveOfficers officers,
    TimeProvider clock
) : IApprovalKind
{
    public const string Name = "answer";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string Code => Name;

    public TimeSpan Term => TimeSpan.FromDays(1);

    public static ApprovalRequest Ask(ReviewedAnswer reviewed, Message message)
    {
        var data = new WaitingAnswer(
            reviewed.Draft with
            {
                Attachments = [],
            },
            Encoding.UTF8.GetString(message.ToLine())
        );
        return new ApprovalRequest(
            Name,
            $"request:{reviewed.Row.Id}",
            reviewed.Row.Partner,
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
        var waiting = JsonSerializer.Deserialize<WaitingAnswer>(content.Data, Json)!; // Our own writing.
        var message = Message.Parse(Encoding.UTF8.GetBytes(waiting.Line)).Required();
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
        Task.CompletedTask; // The request is still open; nothing had been done yet.

    /// <param name="Line">The answer as it was judged, files and all.</param>
    private sealed record WaitingAnswer(AnswerDraft Draft, string Line);
}
