using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Guard;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>Where officers send requests and information: pages, commands and tests all come through here.</summary>
internal sealed class RequestDesk(
    Database database,
    DraftReview review,
    RequestMessages messages,
    RequestSending sending,
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

    public async Task<SendResult> SendAsync(Officer officer, RequestDraft draft, CancellationToken cancellation)
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
            var waits = await database.WriteAsync(t => approvals.AskAsync(t, officer, ask, cancellation), cancellation);
            return new SendResult.Waiting(waits, message.Id.ToString(), reviewed.Decision);
        }

        await database.GatherAsync(t => sending.StoreAsync(t, officer, reviewed, message, cancellation), cancellation);
        return new SendResult.Sent(message.Id.ToString(), message.Case.ToString());
    }
}
