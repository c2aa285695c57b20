using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Guard;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>A request or an information that waits for a second person.</summary>
internal sealed class SendApproval(
    DraftReview review,
    RequestSending sending,
    ActiveOfficers officers,
    TimeProvider clock
) : WrittenApproval<RequestDraft, ReviewedDraft>(officers, clock)
{
    public const string Name = "send";

    public override string Code => Name;

    public override TimeSpan Term => TimeSpan.FromDays(3);

    public static ApprovalRequest Ask(ReviewedDraft reviewed, Message message)
    {
        var draft = reviewed.Draft;
        var about = new ApprovalRequest(
            Name,
            $"draft:{message.Id}",
            reviewed.Link.Partner,
            draft.Rank,
            [],
            [],
            new ApprovalContent("", "", "", "")
        );
        return Ask(about, reviewed.Decision, draft with { Attachments = [] }, message, draft.ApprovalReason);
    }

    protected override RequestDraft WithFiles(RequestDraft draft, IReadOnlyList<Attachment> files) =>
        draft with
        {
            Attachments = files,
        };

    protected override async Task<(ReviewedDraft Reviewed, Decision Decision)?> ReviewAsync(
        Officer officer,
        RequestDraft draft,
        IReadOnlySet<string> approved,
        CancellationToken cancellation
    )
    {
        var (reviewed, _) = await review.OfAsync(officer, draft, cancellation, approved);
        return reviewed is null ? null : (reviewed, reviewed.Decision);
    }

    protected override Task StoreAsync(
        Transaction transaction,
        Officer officer,
        ReviewedDraft reviewed,
        Message message,
        CancellationToken cancellation
    ) => sending.StoreAsync(transaction, officer, reviewed, message, cancellation);
}
