using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Guard;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Corrections;

/// <summary>
/// What officers decide about something a partner recalls: erased, put right, or kept for a reason. Content, ledger and the
/// signed answer become final together.
/// </summary>
internal sealed class CorrectionChoices(
    Database database,
    MessageStore messages,
    CorrectionBook book,
    CorrectionMessages writing,
    MessageErasure erasure,
    Outbox outbox,
    DecisionBook decisions,
    LedgerLog ledger,
    ExchangeLive live,
    TimeProvider clock
)
{
    private const int Priority = 1;

    public async Task<SendResult> DecideAsync(Officer officer, CorrectionChoice choice, CancellationToken cancellation)
    {
        var file = await book.FileAsync(officer, choice.Correction, cancellation);
        var about = file is null ? null : await messages.FindAsync(file.Row.MessageId, cancellation);
        if (file is not { Row.Direction: "in" } || about is null)
        {
            return new SendResult.Faulty([new CorrectionUnknown()]);
        }

        List<ExchangeError> faults = [.. Faults(file.Row, choice)];
        return faults.Count > 0
            ? new SendResult.Faulty(faults)
            : await database.WriteAsync(
                t => DecideAsync(t, officer, file.Row, about, choice, cancellation),
                cancellation
            );
    }

    private static IEnumerable<ExchangeError> Faults(CorrectionRow row, CorrectionChoice choice)
    {
        var fits = choice.State switch
        {
            // A refusal may be thought over; what is gone is gone.
            CorrectionActions.Erased => row.State is "waiting" or "refused",
            CorrectionActions.Rectified => row.State is "waiting" or "refused"
                && row.Action == CorrectionActions.Rectify,
            CorrectionActions.Refused => row.Waits,
            _ => false,
        };
        if (!fits)
        {
            yield return new CorrectionSettled();
        }

        if (choice.State == CorrectionActions.Refused && !CorrectionGrounds.Kept.Contains(choice.Ground ?? ""))
        {
            yield return new CorrectionGroundMissing();
        }

        if (choice.State == CorrectionActions.Refused && string.IsNullOrWhiteSpace(choice.Reason))
        {
            yield return new CorrectionReasonMissing();
        }

        if (choice.Reason?.Length > DraftLimits.Text)
        {
            yield return new TextTooLong("reason");
        }
    }

    private async Task<SendResult> DecideAsync(
        Transaction t,
        Officer officer,
        CorrectionRow row,
        StoredMessage about,
        CorrectionChoice choice,
        CancellationToken cancellation
    )
    {
        var goes = choice.State != CorrectionActions.Refused;
        var decided = new LedgerEvent(
            officer.Login,
            LedgerAction.Decide,
            $"correction:{row.Id}",
            goes ? choice.State : $"refused:{choice.Ground}",
            Link: row.Partner
        );
        var written = await writing.WriteAsync(t, officer, about, Body(row, choice), row.Id, cancellation);
        if (written.Message is null)
        {
            var objection = Objection.To(written.Disclosure, written.Decision, $"correction:{row.Id}");
            await decisions.RecordAsync(t, objection, cancellation);
            return new SendResult.Refused(written.Decision);
        }

        await ledger.AppendAsync(t, decided, cancellation);
        long? leaf = null;
        if (goes)
        {
            // What passed it on holds the same content.
            var passed = await CaseBook.PassedOnAsync(t, row.MessageId, cancellation);
            string[] ids = [row.MessageId, .. passed.Select(p => p.Id)];
            await erasure.EraseAsync(t, ids, row.Action, Officer.NodeActor, cancellation);
            leaf = await ledger.LastAsync(t, $"message:{row.MessageId}", LedgerAction.Erase, cancellation);
        }

        var decision = (clock.GetUtcNow(), officer.Login, leaf);
        if (await CorrectionRows.DecideAsync(t, row.Id, choice.State, decision, cancellation) == 0)
        {
            return new SendResult.Faulty([new CorrectionSettled()]);
        }

        var body = Body(row, choice) with { Leaf = leaf };
        var message = written.Message with { Body = body.ToBody() };
        await outbox.EnqueueAsync(t, message, Priority, officer.Login, cancellation);
        live.Changed(t, "", row.CaseId);
        return new SendResult.Sent(message.Id.ToString(), row.CaseId);
    }

    private static CorrectionBody Body(CorrectionRow row, CorrectionChoice choice) =>
        new(choice.State, Guid.Parse(row.MessageId), row.Matter)
        {
            Ground = choice.State == CorrectionActions.Refused ? choice.Ground : null,
            Reason = string.IsNullOrWhiteSpace(choice.Reason) ? null : choice.Reason.Trim(),
        };
}
