using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Corrections;

/// <summary>What partners tell of messages that are wrong, inside the receiver's transaction.</summary>
internal sealed class CorrectionReception(
    MessageStore messages,
    CorrectionNotices notices,
    CorrectionMessages writing,
    Outbox outbox,
    CorrectionTraces traces,
    ExchangeLive live
) : IReception
{
    private static readonly string Policy = Reason.Policy.Code();
    private static readonly TimeSpan Ordinary = TimeSpan.FromDays(7);

    // Each matter and each report is passed on: what one partner may say of one message has an end.
    private const int MostMatters = 50;
    private const int MostNodes = 250;

    public async Task AcceptAsync(
        Transaction transaction,
        IReadOnlyList<IncomingMessage> received,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        foreach (var incoming in received.Where(m => m.Message.Kind == Kinds.Correction))
        {
            // A message and its recall may come in one envelope; then the message is not on record yet.
            var of = CorrectionBody.Read(incoming.Message)?.Of;
            var beside = received.Select(m => m.Message).FirstOrDefault(m => m.Id == of);
            incoming.Refusal = await TakeAsync(transaction, incoming, beside, receivedAt, cancellation);
        }
    }

    private async Task<string?> TakeAsync(
        Transaction t,
        IncomingMessage incoming,
        Message? beside,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    ) =>
        CorrectionBody.Read(incoming.Message) switch
        {
            { Action: CorrectionActions.Recall or CorrectionActions.Rectify } body => await ToldAsync(
                t,
                incoming,
                body,
                beside,
                receivedAt,
                cancellation
            ),
            { Action: CorrectionActions.Erased or CorrectionActions.Rectified or CorrectionActions.Refused } body =>
                await AnsweredAsync(t, incoming.Message, body, receivedAt, cancellation),
            { Action: CorrectionActions.Onward, Node: not null, State: not null } body => await ReportedAsync(
                t,
                incoming.Message,
                body,
                receivedAt,
                cancellation
            ),
            _ => Policy,
        };

    /// <summary>A partner may recall what it sent us, and nothing else.</summary>
    private async Task<string?> ToldAsync(
        Transaction t,
        IncomingMessage incoming,
        CorrectionBody body,
        Message? beside,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        var message = incoming.Message;
        var partner = message.From.Node.ToString();
        var about = await messages.FindAsync(t, body.Of.ToString(), cancellation);
        var theirs = about is { Direction: MessageDirection.In } ? about.Partner == partner : beside is not null;
        if (
            !theirs
            || (body.Action == CorrectionActions.Rectify && string.IsNullOrWhiteSpace(body.Text))
            || await CorrectionRows.CountAsync(t, body.Of.ToString(), cancellation) >= MostMatters
        )
        {
            return Policy;
        }

        var caseId = about?.CaseId ?? message.Case.ToString();
        var deadline = body.Deadline is { } named && named > receivedAt ? named : receivedAt + Ordinary;
        var row = new CorrectionRow
        {
            Id = message.Id.ToString(),
            Matter = body.Matter,
            Direction = "in",
            Partner = partner,
            MessageId = body.Of.ToString(),
            CaseId = caseId,
            Unit = await CaseBook.UnitOfAsync(t, caseId, cancellation) ?? "",
            Action = body.Action,
            Ground = body.Ground ?? "inaccurate",
            At = receivedAt,
            Deadline = deadline,
            State = "waiting",
        };
        if (await CorrectionRows.InsertAsync(t, row, cancellation))
        {
            await traces.FindAsync(t, row, cancellation);
            // Whom we told before a restore comes back from those we told: CorrectionRecovery sees to the others.
            await (
                incoming.Again
                    ? Task.CompletedTask
                    : PassOnAsync(t, row, body with { Deadline = deadline }, cancellation)
            );
            live.Changed(t, "", row.CaseId);
        }

        return null;
    }

    private async Task PassOnAsync(
        Transaction t,
        CorrectionRow row,
        CorrectionBody body,
        CancellationToken cancellation
    )
    {
        foreach (var notice in await notices.SendAsync(t, NodeOfficer.For(row.Unit), row, body, cancellation))
        {
            await RelayAsync(t, row, notice.Partner, "told", cancellation);
        }
    }

    /// <summary>Tells one more of those to whom the message went from here, and whoever told us that we did.</summary>
    internal async Task PassOnAsync(
        Transaction t,
        CorrectionRow row,
        CorrectionBody body,
        StoredMessage to,
        CancellationToken cancellation
    )
    {
        await notices.SendAsync(t, NodeOfficer.For(row.Unit), row, body, to, cancellation);
        await RelayAsync(t, row, to.Partner, "told", cancellation);
    }

    private async Task<string?> AnsweredAsync(
        Transaction t,
        Message message,
        CorrectionBody body,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        var notice = await OursAsync(t, message, cancellation);
        if (notice is null || notice.MessageId != body.Of.ToString())
        {
            return Policy;
        }

        var (before, now) = (CorrectionWeight.Of(notice.State), CorrectionWeight.Of(body.Action));
        if (now < before)
        {
            return null; // What is gone is not there again because somebody says so.
        }

        var answered = notice with
        {
            State = body.Action,
            StateAt = receivedAt,
            Ground = body.Ground,
            AnswerId = message.Id.ToString(),
            Leaf = body.Leaf,
        };
        await CorrectionRows.AnsweredAsync(t, answered, cancellation);
        if (now > before)
        {
            await TellAsync(t, notice, notice.Partner, body.Action, cancellation);
        }

        return null;
    }

    private async Task<string?> ReportedAsync(
        Transaction t,
        Message message,
        CorrectionBody body,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        var notice = await OursAsync(t, message, cancellation);
        if (
            notice is null
            || !NodeId.TryParse(body.Node, out _)
            || body.State is not ("told" or "erased" or "rectified" or "refused")
        )
        {
            return Policy;
        }

        var report = new ReportRow
        {
            NoticeId = notice.Id,
            Node = body.Node!, // Parsed.
            State = body.State,
            At = receivedAt,
        };
        var (reported, known) = await CorrectionRows.ReportedAsync(t, report, cancellation);
        if (known is null && reported >= MostNodes)
        {
            return Policy;
        }

        // Whoever repeats itself, or takes it back and says it again, does not make us write to somebody else.
        if (CorrectionWeight.Of(report.State) > CorrectionWeight.Of(known))
        {
            await CorrectionRows.ReportAsync(t, report, cancellation);
            await TellAsync(t, notice, report.Node, report.State, cancellation);
        }

        return null;
    }

    /// <summary>What we told that very partner.</summary>
    private static async Task<NoticeRow?> OursAsync(Transaction t, Message message, CancellationToken cancellation)
    {
        var notice = await CorrectionRows.NoticeAsync(t, message.ReplyTo?.ToString() ?? "", cancellation);
        return notice?.Partner == message.From.Node.ToString() ? notice : null;
    }

    /// <summary>Whoever told us hears what became of it further on.</summary>
    private async Task TellAsync(
        Transaction t,
        NoticeRow notice,
        string node,
        string state,
        CancellationToken cancellation
    )
    {
        if (await CorrectionRows.FindAsync(t, notice.CorrectionId, cancellation) is { } row)
        {
            await RelayAsync(t, row, node, state, cancellation);
            live.Changed(t, "", row.CaseId);
        }
    }

    private async Task RelayAsync(
        Transaction t,
        CorrectionRow row,
        string node,
        string state,
        CancellationToken cancellation
    )
    {
        if (row.Direction != "in" || await messages.FindAsync(t, row.MessageId, cancellation) is not { } about)
        {
            return;
        }

        var body = new CorrectionBody(CorrectionActions.Onward, Guid.Parse(row.MessageId), row.Matter)
        {
            Node = node,
            State = state,
        };
        var written = await writing.WriteAsync(t, NodeOfficer.For(row.Unit), about, body, row.Id, cancellation);
        if (written.Message is { } message)
        {
            const int priority = 2;
            await outbox.EnqueueAsync(t, message, priority, Officer.NodeActor, cancellation);
        }
    }
}

/// <summary>The node passing a correction on by itself: nobody of its officers decides that.</summary>
internal static class NodeOfficer
{
    public static Officer For(string unit) =>
        new("", Officer.NodeActor, "", unit, new HashSet<Role> { Role.Officer, Role.Supervisor }, Clearance: 4);
}
