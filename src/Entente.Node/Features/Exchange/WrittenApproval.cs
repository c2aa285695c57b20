using System.Text;
using System.Text.Json;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Features.Exchange.Pages;
using Entente.Node.Guard;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>A message that waits for a second person. When they grant it, it is judged again and goes out as it was written.</summary>
internal abstract class WrittenApproval<TDraft, TReviewed>(ActiveOfficers officers, TimeProvider clock) : IApprovalKind
    where TDraft : class
    where TReviewed : class
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public abstract string Code { get; }

    public abstract TimeSpan Term { get; }

    public Type View => typeof(WrittenView);

    /// <param name="bare">The draft without its files, which are in the message.</param>
    protected static ApprovalRequest Ask(
        ApprovalRequest about,
        Decision decision,
        TDraft bare,
        Message message,
        string? reason
    ) =>
        about with
        {
            Rules = decision.ToApprove,
            Roles = decision.Approvers,
            Content = new ApprovalContent(
                message.Subject,
                reason ?? "",
                DraftText.Of(message),
                JsonSerializer.Serialize(new Written(bare, Encoding.UTF8.GetString(message.ToLine())), Json)
            ),
        };

    public async Task<ApprovalPlan> PlanAsync(
        Approval approval,
        ApprovalContent content,
        Officer decider,
        CancellationToken cancellation
    )
    {
        var waiting = JsonSerializer.Deserialize<Written>(content.Data, Json)!; // Our own writing.
        var message = Message.Parse(Encoding.UTF8.GetBytes(waiting.Line)).Required();
        if (await officers.FindAsync(approval.Requester, cancellation) is not { } officer)
        {
            return ApprovalPlan.Stopped("requester-gone");
        }

        var draft = WithFiles(waiting.Draft, message.Attachments ?? []);
        var approved = approval.RuleList.ToHashSet(StringComparer.Ordinal);
        return await ReviewAsync(officer, draft, approved, cancellation) is not var (reviewed, decision)
                ? ApprovalPlan.Stopped("changed")
            : !decision.Allowed ? ApprovalPlan.Stopped(decision.Why)
            : ApprovalPlan.Do((t, c) => StoreAsync(t, officer, reviewed, Now(message), c));
    }

    /// <summary>Nothing had been done yet.</summary>
    public Task RefusedAsync(Transaction transaction, Approval approval, CancellationToken cancellation) =>
        Task.CompletedTask;

    protected abstract TDraft WithFiles(TDraft draft, IReadOnlyList<Attachment> files);

    /// <summary>Null where it can no longer be sent at all.</summary>
    protected abstract Task<(TReviewed Reviewed, Decision Decision)?> ReviewAsync(
        Officer officer,
        TDraft draft,
        IReadOnlySet<string> approved,
        CancellationToken cancellation
    );

    protected abstract Task StoreAsync(
        Transaction transaction,
        Officer officer,
        TReviewed reviewed,
        Message message,
        CancellationToken cancellation
    );

    private Message Now(Message message) => message with { Sent = WireTime.Round(clock.GetUtcNow()) };

    /// <param name="Line">As in <see cref="WrittenMessage"/>: the message as it was judged, files and all.</param>
    private sealed record Written(TDraft Draft, string Line);
}
