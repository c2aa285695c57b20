using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange.Deadlines;
using Entente.Node.Features.Protection;
using Entente.Node.Guard;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>Puts a request or an information that was judged into the outbox and on the lists, in one transaction.</summary>
internal sealed class RequestSending(
    Departures departures,
    SearchWords words,
    UseConditions conditions,
    LegalClock legalClock,
    IEnumerable<IWithdrawn> withdrawn
)
{
    /// <returns>True: it is stored.</returns>
    public async Task<bool> StoreAsync(
        Transaction transaction,
        Officer officer,
        ReviewedDraft reviewed,
        Message message,
        CancellationToken cancellation
    )
    {
        var draft = reviewed.Draft;
        await MayStillLeaveAsync(transaction, draft, cancellation);
        var priority = draft.Kind switch
        {
            Kinds.Alert => 0,
            Kinds.Request => UrgencyCodes.Priority(draft.Urgency),
            _ => 2,
        };
        var leaf = await departures.LeaveAsync(
            transaction,
            message,
            priority,
            officer.Login,
            reviewed.Decision,
            cancellation
        );
        await conditions.KeepAsync(transaction, [message], cancellation);

        var row = Projection.Row(message, Projection.Terms(message) ?? RequestTerms.None, "out", message.Sent) with
        {
            Unit = officer.Unit,
            Author = officer.Login,
            Forwards = draft.Forward,
            State = RequestState.Sent,
        };
        if (draft.Kind == Kinds.Alert)
        {
            // One that cannot even be delivered must be noticed too; the receipt sets the exact time.
            row = row with
            {
                Due = row.Sent + legalClock.Limit(row),
            };
        }

        await RequestRows.InsertAsync(transaction, [row], cancellation);
        var found = new FoundBy(row.Id, leaf, words.Hashes(Projection.Texts(message)), []);
        await SearchWords.SaveAsync(transaction, [found], cancellation);
        return true;
    }

    /// <summary>
    /// Taken back in the moment between judging and storing, it would go on to somebody whom no recall reaches: everything is
    /// undone, and who tries again is told why.
    /// </summary>
    private async Task MayStillLeaveAsync(Transaction transaction, RequestDraft draft, CancellationToken cancellation)
    {
        foreach (var source in draft.Forward is null ? [] : withdrawn)
        {
            if (await source.IsWithdrawnAsync(transaction, draft.Forward!, cancellation)) // Asked where there is one.
            {
                throw new InvalidOperationException("What is passed on was taken back meanwhile; nothing was sent.");
            }
        }
    }
}
