using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Protection;
using Entente.Node.Guard;
using Entente.Node.Storage;

namespace Entente.Node.Features.Corrections;

/// <summary>
/// Tells everybody to whom this node gave a message that it is wrong, in the transaction in which it learns of it: the chain
/// does not wait for anybody. A notice that the guard holds back is kept, for an officer to see to.
/// </summary>
internal sealed class CorrectionNotices(
    SeenMessages messages,
    CorrectionMessages writing,
    Departures departures,
    DecisionBook decisions,
    Ids ids,
    TimeProvider clock
)
{
    private const int Priority = 1;

    /// <summary>Those the message went to from here: its receiver where it is ours, and all to whom it was passed on.</summary>
    public async Task<IReadOnlyList<StoredMessage>> RecipientsAsync(
        Transaction t,
        StoredMessage about,
        CancellationToken cancellation
    )
    {
        var recipients = new List<StoredMessage>();
        if (about.Direction == MessageDirection.Out && about.State != MessageState.Rejected)
        {
            recipients.Add(about);
        }

        foreach (var passed in await CaseBook.PassedOnAsync(t, about.Id, cancellation))
        {
            if (await messages.FindAsync(t, passed.Id, cancellation) is { } message)
            {
                recipients.Add(message);
            }
        }

        return recipients;
    }

    /// <returns>The notices, sent or held.</returns>
    public async Task<IReadOnlyList<NoticeRow>> SendAsync(
        Transaction t,
        Officer officer,
        CorrectionRow correction,
        CorrectionBody body,
        CancellationToken cancellation
    )
    {
        var about = await messages.FindAsync(t, correction.MessageId, cancellation);
        await MessageRows.HoldAsync(t, correction.MessageId, cancellation); // Who is passing it on now is told after that.
        var notices = new List<NoticeRow>();
        foreach (var to in about is null ? [] : await RecipientsAsync(t, about, cancellation))
        {
            notices.Add(await SendAsync(t, officer, correction, body, to, cancellation));
        }

        return notices;
    }

    public async Task<NoticeRow> SendAsync(
        Transaction t,
        Officer officer,
        CorrectionRow correction,
        CorrectionBody body,
        StoredMessage to,
        CancellationToken cancellation
    )
    {
        var said = body with { Of = Guid.Parse(to.Id) };
        var written = await writing.WriteAsync(t, officer, to, said, replyTo: null, cancellation);
        var notice = new NoticeRow
        {
            Id = written.Message?.Id.ToString() ?? ids.New(),
            CorrectionId = correction.Id,
            Partner = to.Partner,
            MessageId = to.Id,
            Deadline = correction.Deadline,
            State = written.Message is null ? "held" : "sent",
            StateAt = clock.GetUtcNow(),
        };
        await CorrectionRows.NoticeAsync(t, notice, cancellation);
        if (written.Message is { } message)
        {
            await departures.LeaveAsync(t, message, Priority, officer.Login, written.Decision, cancellation);
        }
        else
        {
            var objection = Objection.To(written.Disclosure, written.Decision, $"correction:{correction.Id}");
            await decisions.RecordAsync(t, objection, cancellation);
        }

        return notice;
    }
}
