using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Protection;
using Entente.Node.Guard;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Web.Posting;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Exchange.Deadlines;

/// <summary>
/// Where officers stop and start the clock of a request: they ask for clarification and give it, and tell of a judicial
/// authorisation. Each is a message, and the clock moves by its receipt.
/// </summary>
internal sealed class ClockDesk(
    OneSending once,
    ClockReview review,
    ReplyMessages replies,
    Departures departures,
    DecisionBook decisions,
    LedgerLog ledger,
    ClockKeeper clocks,
    TimeProvider clock
)
{
    public Task<SendResult> SendAsync(Officer officer, ClockDraft draft, CancellationToken cancellation) =>
        SendAsync(officer, draft, post: null, cancellation);

    /// <param name="post">The form it was written in: posted again, it sends nothing more.</param>
    public Task<SendResult> SendAsync(
        Officer officer,
        ClockDraft draft,
        PostedForm? post,
        CancellationToken cancellation
    ) => once.OfAsync(post, () => JudgeAsync(officer, draft, post, cancellation), cancellation);

    private async Task<SendResult> JudgeAsync(
        Officer officer,
        ClockDraft draft,
        PostedForm? post,
        CancellationToken cancellation
    )
    {
        var (reviewed, faults) = await review.OfAsync(officer, draft, cancellation);
        if (reviewed is null)
        {
            return new SendResult.Faulty(faults);
        }

        if (!reviewed.Decision.Allowed)
        {
            var objection = Objection.To(reviewed.Disclosure, reviewed.Decision, $"request:{draft.Request}");
            await decisions.RecordAsync(objection, cancellation);
            return new SendResult.Refused(reviewed.Decision);
        }

        var (row, request) = (reviewed.Row, reviewed.Request);
        var body = Body(draft, request.Id, WireTime.Round(clock.GetUtcNow()));
        var written = body.ToBody();
        var message = await replies.WriteAsync(Kinds.Progress, officer, request, row.Rank, written, cancellation);
        return await once.RunAsync(
            post,
            async t =>
            {
                await StoreAsync(t, officer, reviewed, message, body, cancellation);
                return new SendResult.Sent(message.Id.ToString(), message.Case.ToString());
            },
            cancellation
        );
    }

    private async Task StoreAsync(
        Transaction transaction,
        Officer officer,
        ReviewedStep reviewed,
        Message message,
        ProgressBody body,
        CancellationToken cancellation
    )
    {
        var (draft, row, decision) = (reviewed.Draft, reviewed.Row, reviewed.Decision);
        if (row.Incoming)
        {
            await RequestRows.TakenAsync(transaction, row, message.Sent, (officer.Login, officer.Unit), cancellation);
        }

        var priority = UrgencyCodes.Priority(row.Urgency);
        await departures.LeaveAsync(transaction, message, priority, officer.Login, decision, cancellation);
        var move = ClockWire.Of(body, row.Incoming).Move!; // Each step is one.
        await clocks.TakeAsync(transaction, row, ClockWire.Event(message, body, "out", move), cancellation);
        var why = draft.Step == ClockStep.Authorised ? $"{move}-{body.Text(ClockWire.Authorised)}" : move;
        var leaf = new LedgerEvent(officer.Login, LedgerAction.Decide, $"request:{row.Id}", why, Link: row.Partner);
        await ledger.AppendAsync(transaction, leaf, cancellation);
    }

    private static string State(ClockStep step) =>
        step switch
        {
            ClockStep.Ask => ProgressStates.Suspended,
            ClockStep.Await => ProgressStates.Delayed,
            _ => ProgressStates.Resumed,
        };

    private static ProgressBody Body(ClockDraft draft, Guid request, DateTimeOffset at)
    {
        var text = draft.Text.Trim();
        var body = new ProgressBody(request, State(draft.Step), at) { Note = text.Length == 0 ? null : text };
        return draft.Step switch
        {
            ClockStep.Ask => body with
            {
                Note = null,
                Unknown = WireMembers.Of((ClockWire.Clarification, Lines(text))),
            },
            ClockStep.Await => body with { Unknown = WireMembers.Of((ClockWire.Expected, Moment(draft))) },
            ClockStep.Authorised => body with
            {
                Unknown = WireMembers.Of((ClockWire.Authorised, draft.Granted ? "granted" : "refused")),
            },
            _ => body,
        };
    }

    private static List<string> Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static string? Moment(ClockDraft draft) =>
        draft.Expected?.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
