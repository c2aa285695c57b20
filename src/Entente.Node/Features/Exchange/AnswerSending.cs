using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Guard;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>Puts an answer that was judged into the outbox and closes its request, in one transaction.</summary>
internal sealed class AnswerSending(Outbox outbox, SilentAnswers silent, UseConditions conditions)
{
    /// <summary>The message under the id it will have: towards a third country it does not tell when it was written.</summary>
    public Message Prepared(ReviewedAnswer reviewed, Message message) =>
        silent.IsTimeless(reviewed) ? message with { Id = silent.Id(reviewed) } : message;

    /// <returns>False where the request had been answered before; then nothing was done.</returns>
    public async Task<bool> StoreAsync(
        Transaction transaction,
        Officer officer,
        ReviewedAnswer reviewed,
        Message message,
        CancellationToken cancellation
    )
    {
        var row = reviewed.Row;
        var quietly = silent.Concerns(reviewed);
        var answer = new RequestAnswer(
            message.Id.ToString(),
            message.Sent,
            OutcomeCodes.Code(reviewed.Draft.Told),
            reviewed.Draft.Told == Outcome.Refused ? reviewed.Draft.Ground : null
        )
        {
            IsPart = reviewed.Draft.IsPart,
            HeldGround = reviewed.Draft.Told == reviewed.Draft.Outcome ? null : reviewed.Draft.Ground,
        };
        await RequestRows.TakenAsync(transaction, row, message.Sent, (officer.Login, officer.Unit), cancellation);
        if (await RequestRows.AnsweredAsync(transaction, row, answer, cancellation) == 0)
        {
            return false;
        }

        await conditions.KeepAsync(transaction, [message], cancellation);
        if (quietly)
        {
            await silent.StoreAsync(transaction, officer, reviewed, message, cancellation);
            return true;
        }

        var priority = UrgencyCodes.Priority(row.Urgency);
        await outbox.EnqueueAsync(transaction, message, priority, officer.Login, cancellation);
        return true;
    }
}
