using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Guard;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>Where officers send requests and information: pages, commands and tests all come through here.</summary>
internal sealed class RequestDesk(
    Database database,
    DraftReview review,
    RequestMessages messages,
    Outbox outbox,
    SearchWords words,
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

        if (!reviewed.Decision.Allowed)
        {
            var objection = Objection.To(reviewed.Disclosure, reviewed.Decision, $"draft:{ids.New()}");
            await decisions.RecordAsync(objection, cancellation);
            return new SendResult.Refused(reviewed.Decision);
        }

        var message = await messages.WriteAsync(officer, reviewed, cancellation);
        await database.GatherAsync(t => StoreAsync(t, officer, reviewed, message, cancellation), cancellation);
        return new SendResult.Sent(message.Id.ToString(), message.Case.ToString());
    }

    private async Task<bool> StoreAsync(
        Transaction transaction,
        Officer officer,
        ReviewedDraft reviewed,
        Message message,
        CancellationToken cancellation
    )
    {
        var draft = reviewed.Draft;
        var priority = draft.Kind == Kinds.Request ? UrgencyCodes.Priority(draft.Urgency) : 2;
        await outbox.EnqueueAsync(transaction, message, priority, officer.Login, cancellation);
        var row = Projection.Row(message, Projection.Terms(message) ?? RequestTerms.None, "out", message.Sent) with
        {
            Unit = officer.Unit,
            Author = officer.Login,
            Forwards = draft.Forward,
            State = RequestState.Sent,
        };
        await RequestRows.InsertAsync(transaction, [row], cancellation);
        await SearchWords.SaveAsync(transaction, [(row.Id, words.Hashes(Projection.Texts(message)))], cancellation);
        return true;
    }
}
