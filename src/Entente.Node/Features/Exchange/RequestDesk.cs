using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Guard;
using Entente.Node.Storage;
using Entente.Node.Web.Posting;

namespace Entente.Node.Features.Exchange;

/// <summary>Where officers send requests and information: pages, commands and tests all come through here.</summary>
internal sealed class RequestDesk(
    Database database,
    DraftReview review,
    RequestMessages messages,
    RequestSending sending,
    OneSending once,
    ApprovalDesk approvals,
    DecisionBook decisions,
    Ids ids
)
{
    /// <summary>What would happen if it were sent now. Nothing is recorded.</summary>
    public Task<(ReviewedDraft? Review, IReadOnlyList<ExchangeError> Faults)> CheckAsync(
        Officer officer,
        RequestDraft draft,
        CancellationToken cancellation
    ) => review.OfAsync(officer, draft, cancellation);

    public Task<SendResult> SendAsync(Officer officer, RequestDraft draft, CancellationToken cancellation) =>
        SendAsync(officer, draft, post: null, cancellation);

    /// <param name="post">The form it was written in: posted again, it sends nothing more.</param>
    public Task<SendResult> SendAsync(
        Officer officer,
        RequestDraft draft,
        PostedForm? post,
        CancellationToken cancellation
    ) => once.OfAsync(post, () => JudgeAsync(officer, draft, post, cancellation), cancellation);

    private async Task<SendResult> JudgeAsync(
        Officer officer,
        RequestDraft draft,
        PostedForm? post,
        CancellationToken cancellation
    )
    {
        var (reviewed, faults) = await review.OfAsync(officer, draft, cancellation);
        if (reviewed is null)
        {
            return new SendResult.Faulty(faults);
        }

        if (reviewed.Decision.Verdict == Verdict.Refuse)
        {
            var objection = Objection.To(reviewed.Disclosure, reviewed.Decision, $"draft:{ids.New()}");
            await decisions.RecordAsync(objection, cancellation);
            return new SendResult.Refused(reviewed.Decision);
        }

        var message = await messages.WriteAsync(officer, reviewed, cancellation);
        if (!reviewed.Decision.Allowed)
        {
            var ask = SendApproval.Ask(reviewed, message);
            return await once.RunAsync(
                post,
                async t => new SendResult.Waiting(
                    await approvals.AskAsync(t, officer, ask, cancellation),
                    message.Id.ToString(),
                    reviewed.Decision
                ),
                cancellation
            );
        }

        var sent = new SendResult.Sent(message.Id.ToString(), message.Case.ToString());
        if (post is null)
        {
            await database.GatherAsync(
                t => sending.StoreAsync(t, officer, reviewed, message, cancellation),
                cancellation
            );
            return sent;
        }

        return await once.RunAsync(
            post,
            async t =>
            {
                await sending.StoreAsync(t, officer, reviewed, message, cancellation);
                return sent;
            },
            cancellation
        );
    }
}
