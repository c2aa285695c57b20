using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange.Deadlines;
using Entente.Node.Features.Links;
using Entente.Node.Features.Protection;
using Entente.Node.Guard;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Web.Posting;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// Asking an originator for leave to pass its message on, and giving or refusing such leave. Both are messages, so both
/// sides hold the same signed permission.
/// </summary>
internal sealed class PermissionDesk(
    OneSending once,
    CaseBook cases,
    MessageStore messages,
    LinkDirectory links,
    DisclosureGuard guard,
    DecisionBook decisions,
    ReplyMessages replies,
    Departures departures,
    ProtectionBook protection,
    LedgerLog ledger,
    LegalClock legalClock,
    SearchWords words,
    NodeOptions options
)
{
    private const int Priority = 2;

    /// <summary>Asks the node a message came from whether it may go to one other node; naming our own means to a court.</summary>
    public Task<SendResult> AskAsync(
        Officer officer,
        string messageId,
        string toNode,
        string? reason,
        CancellationToken cancellation
    )
    {
        var use = toNode == options.Node ? PermissionUses.Court : PermissionUses.Onward;
        return AskAsync(officer, new PermissionAsk(messageId, use, toNode, Reason: reason), cancellation);
    }

    /// <summary>Asks the node a message came from for leave to use it so.</summary>
    public Task<SendResult> AskAsync(Officer officer, PermissionAsk ask, CancellationToken cancellation) =>
        AskAsync(officer, ask, post: null, cancellation);

    /// <param name="post">The form it was written in: posted again, it asks nothing more.</param>
    public Task<SendResult> AskAsync(
        Officer officer,
        PermissionAsk ask,
        PostedForm? post,
        CancellationToken cancellation
    ) => once.OfAsync(post, () => JudgeAsync(officer, ask, post, cancellation), cancellation);

    private async Task<SendResult> JudgeAsync(
        Officer officer,
        PermissionAsk ask,
        PostedForm? post,
        CancellationToken cancellation
    )
    {
        var received = await cases.ReceivedAsync(officer, ask.Message, cancellation);
        var to = ask.Use == PermissionUses.Onward ? ask.To : options.Node;
        if (received is null || !NodeId.TryParse(to, out _) || !PermissionUses.All.Contains(ask.Use))
        {
            return new SendResult.Faulty([new ForwardUnknown()]);
        }

        if (ask.Use == PermissionUses.Purpose && Said(ask.Purpose) is null)
        {
            return new SendResult.Faulty([new PurposeMissing()]);
        }

        var body = new PermissionBody(PermissionBody.Ask, received.Message.Id, to, Said(ask.Reason))
        {
            Use = PermissionUses.Wire(ask.Use),
            Purpose = ask.Use == PermissionUses.Purpose ? Said(ask.Purpose) : null,
        };
        var about = (received.Message, received.Stored.Partner);
        return await SendAsync(officer, about, body, AskedAsync, post, cancellation);

        async Task<bool> AskedAsync(Transaction t, Message message)
        {
            var row = PermissionReception.Row(message, body, words) with
            {
                AskedBy = officer.Login,
                LimitMs = (long?)legalClock.ToDecide(message.Profile)?.TotalMilliseconds,
            };
            await PermissionBook.InsertAsync(t, row, cancellation);
            return true;
        }
    }

    /// <summary>Takes back what was granted to a partner, from now on.</summary>
    public async Task<SendResult> RevokeAsync(
        Officer officer,
        string permissionId,
        string? reason,
        CancellationToken cancellation
    )
    {
        var asked = await AskedAsync(officer, permissionId, cancellation);
        if (asked?.Message.AsPermission() is not { } body)
        {
            return new SendResult.Faulty([new PermissionSettled()]);
        }

        var revocation = body with { Action = PermissionBody.Revoke, Reason = Said(reason) };
        return await SendAsync(
            officer,
            (asked.Message, asked.Stored.Partner),
            revocation,
            RevokedAsync,
            post: null,
            cancellation
        );

        Task<bool> RevokedAsync(Transaction t, Message message) =>
            RevokedRowAsync(t, officer, permissionId, message, cancellation);
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
        var asked = await AskedAsync(officer, permissionId, cancellation);
        if (asked?.Message.AsPermission() is not { } body)
        {
            return new SendResult.Faulty([new PermissionSettled()]);
        }

        var reply = body with { Action = grant ? PermissionBody.Grant : PermissionBody.Refuse, Reason = Said(reason) };
        return await SendAsync(
            officer,
            (asked.Message, asked.Stored.Partner),
            reply,
            DecidedAsync,
            post: null,
            cancellation
        );

        Task<bool> DecidedAsync(Transaction t, Message message) =>
            DecidedRowAsync(t, officer, permissionId, message, grant, cancellation);
    }

    /// <summary>What stands against writing to the giver of a received message about leave; null where nothing does.</summary>
    public async Task<Decision?> AgainstAsync(Officer officer, string messageId, CancellationToken cancellation)
    {
        if (await cases.ReceivedAsync(officer, messageId, cancellation) is not { } received)
        {
            return null;
        }

        var disclosure = await DisclosureAsync(officer, received.Message, received.Stored.Partner, [], cancellation);
        var decision = await guard.DecideAsync(disclosure, cancellation);
        return decision.Allowed ? null : decision;
    }

    private async Task<Disclosure> DisclosureAsync(
        Officer officer,
        Message about,
        string partner,
        IReadOnlyList<string?> words,
        CancellationToken cancellation
    ) =>
        new()
        {
            Act = DisclosureAct.Send,
            Officer = officer,
            Kind = Kinds.Permission,
            Partner = partner,
            Link = await links.FindAsync(partner, cancellation),
            AnsweredBasis = about.Basis?.Instrument,
            Purpose = about.Purpose,
            Rank = about.Classification.Rank,
            Shielded = await protection.ShieldsAsync(partner[..2].ToUpperInvariant(), words, cancellation),
        };

    private async Task<OpenedMessage?> AskedAsync(Officer officer, string permissionId, CancellationToken cancellation)
    {
        var asked = await messages.OpenAsync(permissionId, cancellation);
        return
            asked is { Stored.Direction: MessageDirection.In }
            && await cases.ReceivedAsync(officer, permissionId, cancellation) is not null
            ? asked
            : null;
    }

    private async Task<SendResult> SendAsync(
        Officer officer,
        (Message Message, string Partner) about,
        PermissionBody body,
        Func<Transaction, Message, Task<bool>> record,
        PostedForm? post,
        CancellationToken cancellation
    )
    {
        var disclosure = await DisclosureAsync(
            officer,
            about.Message,
            about.Partner,
            [body.Reason, body.Purpose],
            cancellation
        );
        var decision = await guard.DecideAsync(disclosure, cancellation);
        if (!decision.Allowed)
        {
            await decisions.RecordAsync(Objection.To(disclosure, decision, $"message:{body.Of}"), cancellation);
            return new SendResult.Refused(decision);
        }

        var message = await replies.WriteAsync(
            Kinds.Permission,
            officer,
            about.Message,
            about.Message.Classification.Rank,
            body.ToBody(),
            cancellation
        );
        return await once.RunAsync(
            post,
            async t =>
            {
                if (!await record(t, message))
                {
                    return new SendResult.Faulty([new PermissionSettled()]);
                }

                await departures.LeaveAsync(t, message, Priority, officer.Login, decision, cancellation);
                return new SendResult.Sent(message.Id.ToString(), message.Case.ToString());
            },
            cancellation
        );
    }

    private async Task<bool> RevokedRowAsync(
        Transaction transaction,
        Officer officer,
        string permissionId,
        Message message,
        CancellationToken cancellation
    )
    {
        var partner = message.To.Node.ToString();
        var revoked = new PermissionDecision(permissionId, "in", partner, "revoked", message.Sent, officer.Login);
        if (await PermissionBook.RevokeAsync(transaction, revoked, cancellation) == 0)
        {
            return false;
        }

        var (login, what) = (officer.Login, $"permission:{permissionId}");
        var leaf = new LedgerEvent(login, LedgerAction.Decide, what, "revoked", Link: partner);
        await ledger.AppendAsync(transaction, leaf, cancellation);
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
