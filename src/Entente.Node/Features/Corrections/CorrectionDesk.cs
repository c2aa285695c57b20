using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Protection;
using Entente.Node.Guard;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Web.Posting;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Corrections;

/// <summary>Where officers recall or rectify what this node sent, see to notices that were held back, and look at what was made of it.</summary>
internal sealed class CorrectionDesk(
    Database database,
    OneSending once,
    SeenMessages messages,
    CaseBook cases,
    CorrectionBook book,
    CorrectionNotices notices,
    UseDoor door,
    CorrectionWords words,
    CorrectionTraces traces,
    LedgerLog ledger,
    NodeOptions options,
    Ids ids,
    TimeProvider clock
)
{
    /// <summary>A message that this officer may recall: ours, of a case of theirs, and with somebody.</summary>
    public async Task<StoredMessage?> SentAsync(Officer officer, string messageId, CancellationToken cancellation)
    {
        var stored = await messages.FindAsync(messageId, cancellation);
        return
            stored is { Direction: MessageDirection.Out, State: not MessageState.Rejected }
            && stored.Kind
                is Protocol.Kinds.Request
                    or Protocol.Kinds.Answer
                    or Protocol.Kinds.Information
                    or Protocol.Kinds.Alert
            && await SeesAsync(officer, messageId, cancellation)
            && (await cases.RowsAsync(officer, stored.CaseId, cancellation)).Count > 0
            ? stored
            : null;
    }

    /// <summary>Tells everybody who has it from here; what they do with those who have it from them is reported back.</summary>
    public Task<SendResult> BeginAsync(Officer officer, CorrectionDraft draft, CancellationToken cancellation) =>
        BeginAsync(officer, draft, post: null, cancellation);

    /// <param name="post">The form it was written in: posted again, it begins nothing more.</param>
    public Task<SendResult> BeginAsync(
        Officer officer,
        CorrectionDraft draft,
        PostedForm? post,
        CancellationToken cancellation
    ) => once.OfAsync(post, () => BeginNowAsync(officer, draft, post, cancellation), cancellation);

    private async Task<SendResult> BeginNowAsync(
        Officer officer,
        CorrectionDraft draft,
        PostedForm? post,
        CancellationToken cancellation
    )
    {
        var about = await SentAsync(officer, draft.Message, cancellation);
        List<ExchangeError> faults = [.. Faults(draft, about)];
        if (faults.Count > 0 || about is null)
        {
            return new SendResult.Faulty(faults);
        }

        var id = ids.New();
        var row = new CorrectionRow
        {
            Id = id,
            Matter = $"{id}@{options.Node}",
            Direction = "out",
            Partner = "",
            MessageId = about.Id,
            CaseId = about.CaseId,
            Unit = officer.Unit,
            Action = draft.Action,
            Ground = draft.Ground,
            At = clock.GetUtcNow(),
            Deadline = draft.Deadline,
            State = "begun",
        };
        var body = new CorrectionBody(draft.Action, Guid.Parse(about.Id), row.Matter)
        {
            Ground = draft.Ground,
            Reason = Said(draft.Reason),
            Deadline = Protocol.WireTime.Round(draft.Deadline),
            Text = Said(draft.Text),
        };
        return await once.RunAsync(
            post,
            async t =>
            {
                await BeginAsync(t, officer, row, body, cancellation);
                return new SendResult.Sent(id, about.CaseId);
            },
            cancellation,
            page: $"/corrections/{id}"
        );
    }

    private async Task BeginAsync(
        Transaction t,
        Officer officer,
        CorrectionRow row,
        CorrectionBody body,
        CancellationToken cancellation
    )
    {
        await CorrectionRows.InsertAsync(t, await words.KeepAsync(t, row, body, cancellation), cancellation);
        await traces.FindAsync(t, row, cancellation);
        await notices.SendAsync(t, officer, row, body, cancellation);
        var leaf = new LedgerEvent(officer.Login, LedgerAction.Decide, $"message:{row.MessageId}", row.Action);
        await ledger.AppendAsync(t, leaf, cancellation);
    }

    private IEnumerable<ExchangeError> Faults(CorrectionDraft draft, StoredMessage? about)
    {
        if (about is null)
        {
            yield return new CorrectionUnknown();
        }

        if (!CorrectionGrounds.Wrong.Contains(draft.Ground))
        {
            yield return new CorrectionGroundMissing();
        }

        if (draft.Text is not null && string.IsNullOrWhiteSpace(draft.Text))
        {
            yield return new CorrectionTextMissing();
        }

        if (draft.Text?.Length > DraftLimits.Text || draft.Reason?.Length > DraftLimits.Text)
        {
            yield return new TextTooLong("text");
        }

        if (draft.Deadline <= clock.GetUtcNow())
        {
            yield return new CorrectionDeadlinePast();
        }
    }

    /// <summary>Sends a notice again that was held back or not taken; its words are those that it was begun with, here or by the partner.</summary>
    public async Task<bool> ResendAsync(
        Officer officer,
        string correction,
        string notice,
        CancellationToken cancellation
    )
    {
        var file = await book.FileAsync(officer, correction, cancellation);
        var held = file?.Notices.FirstOrDefault(n => n.Id == notice && n.State is "held" or "rejected");
        if (file is null || held is null || await messages.FindAsync(held.MessageId, cancellation) is not { } to)
        {
            return false;
        }

        // Who may not read the partner's words sends the notice without them.
        var told =
            file.Row.Direction == "in" && await SeesAsync(officer, file.Row.Id, cancellation)
                ? await messages.OpenAsync(file.Row.Id, cancellation)
                : null;
        var body =
            (told is null ? await words.FindAsync(file.Row.Id, cancellation) : CorrectionBody.Read(told.Message))
            ?? new CorrectionBody(CorrectionActions.Recall, Guid.Parse(to.Id), file.Row.Matter)
            {
                Ground = file.Row.Ground,
                Deadline = file.Row.Deadline,
            };
        var sent = await database.WriteAsync(
            async t =>
            {
                await CorrectionRows.DropNoticeAsync(t, held.Id, cancellation);
                return await notices.SendAsync(t, officer, file.Row, body, to, cancellation);
            },
            cancellation
        );
        return sent.State == "sent";
    }

    /// <summary>Somebody has looked at what was made of it, and put it in order.</summary>
    public async Task<bool> TraceDoneAsync(
        Officer officer,
        string correction,
        string kind,
        string item,
        CancellationToken cancellation
    )
    {
        var file = await book.FileAsync(officer, correction, cancellation);
        if (file?.Traces.FirstOrDefault(trace => trace.Kind == kind && trace.Item == item) is not { } found)
        {
            return false;
        }

        var done = found with { DoneAt = clock.GetUtcNow(), DoneBy = officer.Login };
        var leaf = new LedgerEvent(officer.Login, LedgerAction.Alter, found.Item, "correction-reviewed");
        return await database.WriteAsync(
            async t =>
            {
                if (await CorrectionRows.TraceDoneAsync(t, done, cancellation) == 0)
                {
                    return false;
                }

                await ledger.AppendAsync(t, leaf, cancellation);
                return true;
            },
            cancellation
        );
    }

    private async Task<bool> SeesAsync(Officer officer, string message, CancellationToken cancellation) =>
        (await door.AllowedAsync(officer, DisclosureAct.View, [message], audience: null, cancellation)).Count > 0;

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
