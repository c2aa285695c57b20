using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Guard;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>An answer that waits for a second person; its request stays open until it goes.</summary>
internal sealed class AnswerApproval(
    AnswerReview review,
    AnswerSending sending,
    ActiveOfficers officers,
    TimeProvider clock
) : WrittenApproval<AnswerDraft, ReviewedAnswer>(officers, clock)
{
    public const string Name = "answer";

    public override string Code => Name;

    public override TimeSpan Term => TimeSpan.FromDays(1);

    public static ApprovalRequest Ask(ReviewedAnswer reviewed, Message message)
    {
        var draft = reviewed.Draft;
        var about = new ApprovalRequest(
            Name,
            $"request:{reviewed.Row.Id}",
            reviewed.Row.Partner,
            draft.Rank,
            [],
            [],
            new ApprovalContent("", "", "", "")
        );
        return Ask(about, reviewed.Decision, draft with { Attachments = [] }, message, draft.ApprovalReason);
    }

    protected override AnswerDraft WithFiles(AnswerDraft draft, IReadOnlyList<Attachment> files) =>
        draft with
        {
            Attachments = files,
        };

    protected override async Task<(ReviewedAnswer Reviewed, Decision Decision)?> ReviewAsync(
        Officer officer,
        AnswerDraft draft,
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
        ReviewedAnswer reviewed,
        Message message,
        CancellationToken cancellation
    ) => sending.StoreAsync(transaction, officer, reviewed, message, cancellation);
}
