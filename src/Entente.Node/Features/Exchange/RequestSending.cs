using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Guard;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>Puts a request or an information that was judged into the outbox and on the lists, in one transaction.</summary>
internal sealed class RequestSending(Outbox outbox, SearchWords words, UseConditions conditions)
{
    /// <returns>True: it is stored.</returns>
    public async Task<bool> StoreAsync(
        Transaction transaction,
        Officer officer,
        RequestDraft draft,
        Message message,
        CancellationToken cancellation
    )
    {
        var priority = draft.Kind == Kinds.Request ? UrgencyCodes.Priority(draft.Urgency) : 2;
        await outbox.EnqueueAsync(transaction, message, priority, officer.Login, cancellation);
        await conditions.KeepAsync(transaction, [message], cancellation);
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
