using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// Asking an originator for leave to pass its message on, and giving or refusing such leave. Both are messages, so both
/// sides hold the same signed permission.
/// </summary>
internal sealed class PermissionDesk(
    Database database,
    CaseBook cases,
    MessageStore messages,
    LinkDirectory links,
    DisclosureGuard guard,
    DecisionBook decisions,
    ReplyMessages replies,
    Outbox outbox,
    LedgerLog ledger
)
{
    private const int Priority = 2;

    /// <summary>Asks the node a message came from whether it may go to one other node.</summary>
    public async Task<SendResult> AskAsync(
        Officer officer,
        string messageId,
        string toNode,
        string? reason,
        CancellationToken cancellation
    )
    {
        var received = await cases.ReceivedAsync(officer, messageId, cancellation);
        if (received is null || !NodeId.TryParse(toNode, out _))
        {
            return new SendResult.Faulty([new ForwardUnknown()]);
        }

        var body = new PermissionBody(PermissionBody.Ask, received.Message.Id, toNode, Said(reason));
        return await SendAsync(officer, received.Message, received.Stored.Partner, body, AskedAsync, cancellation);

        Task<bool> AskedAsync(Transaction t, Message ask) => AskedRowAsync(t, officer, ask, body, cancellation);
    }

    /// <summary>Answers what a partner asked.</summary>
    public async Task<SendResult> DecideAsync(
        Officer officer,
        string permissionId,
        bool grant,
        string? reason,
        CancellationToken cancellation
    )
    {
        var asked = await messages.OpenAsync(permissionId, cancellation);
        var body = asked?.Message.AsPermission();
        if (
            asked is not { Stored.Direction: MessageDirection.In }
            || body is null
            || await cases.ReceivedAsync(officer, permissionId, cancellation) is null
        )
        {
            return new SendResult.Faulty([new PermissionSettled()]);
        }

        var reply = body with { Action = grant ? PermissionBody.Grant : PermissionBody.Refuse, Reason = Said(reason) };
        return await SendAsync(officer, asked.Message, asked.Stored.Partner, reply, DecidedAsync, cancellation);

        Task<bool> DecidedAsync(Transaction t, Message message) =>
            DecidedRowAsync(t, officer, permissionId, message, grant, cancellation);
    }

    private async Task<SendResult> SendAsync(
        Officer officer,
        Message about,
        string partner,
        PermissionBody body,
        Func<Transaction, Message, Task<bool>> record,
        CancellationToken cancellation
    )
    {
        var disclosure = new Disclosure
        {
            Act = DisclosureAct.Send,
            Officer = officer,
            Kind = Kinds.Permission,
            Partner = partner,
            Link = await links.FindAsync(partner, cancellation),
            AnsweredBasis = about.Basis?.Instrument,
            Purpose = about.Purpose,
            Rank = about.Classification.Rank,
        };
        var decision = await guard.DecideAsync(disclosure, cancellation);
        if (!decision.Allowed)
        {
            await decisions.RecordAsync(Objection.To(disclosure, decision, $"message:{body.Of}"), cancellation);
            return new SendResult.Refused(decision);
        }

        var message = await replies.WriteAsync(
            Kinds.Permission,
            officer,
            about,
            about.Classification.Rank,
            body.ToBody(),
            cancellation
        );
        var recorded = await database.WriteAsync(
            async t =>
            {
                if (!await record(t, message))
                {
                    return false;
                }

                await outbox.EnqueueAsync(t, message, Priority, officer.Login, cancellation);
                return true;
            },
            cancellation
        );
        return recorded
            ? new SendResult.Sent(message.Id.ToString(), message.Case.ToString())
            : new SendResult.Faulty([new PermissionSettled()]);
    }

    private static async Task<bool> AskedRowAsync(
        Transaction transaction,
        Officer officer,
        Message ask,
        PermissionBody body,
        CancellationToken cancellation
    )
    {
        await PermissionBook.InsertAsync(
            transaction,
            new PermissionRow
            {
                Id = ask.Id.ToString(),
                Direction = "out",
                Partner = ask.To.Node.ToString(),
                MessageId = body.Of.ToString(),
                CaseId = ask.Case.ToString(),
                ToNode = body.To,
                State = "asked",
                AskedAt = ask.Sent,
                AskedBy = officer.Login,
            },
            cancellation
        );
        return true;
    }

    private async Task<bool> DecidedRowAsync(
        Transaction transaction,
        Officer officer,
        string permissionId,
        Message message,
        bool grant,
        CancellationToken cancellation
    )
    {
        var partner = message.To.Node.ToString();
        var state = grant ? "granted" : "refused";
        var decision = new PermissionDecision(permissionId, "in", partner, state, message.Sent, officer.Login);
        if (await PermissionBook.DecideAsync(transaction, decision, cancellation) == 0)
        {
            return false;
        }

        var leaf = new LedgerEvent(
            officer.Login,
            LedgerAction.Decide,
            $"permission:{permissionId}",
            state,
            Link: partner
        );
        await ledger.AppendAsync(transaction, leaf, cancellation);
        return true;
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
