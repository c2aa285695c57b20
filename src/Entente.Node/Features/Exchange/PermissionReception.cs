using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange.Deadlines;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Exchange;

/// <summary>What partners ask about our messages, and what they say to what we asked about theirs.</summary>
internal sealed class PermissionReception(
    MessageStore messages,
    LegalClock legalClock,
    SearchWords words,
    LedgerLog ledger,
    ExchangeLive live
)
{
    private static readonly string Policy = Reason.Policy.Code();

    /// <returns>The wire's reason where this node does not take it.</returns>
    public async Task<string?> AcceptAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    ) =>
        message.AsPermission() switch
        {
            { Action: PermissionBody.Ask } ask => await AskedAsync(transaction, message, ask, receivedAt, cancellation),
            { Action: PermissionBody.Grant or PermissionBody.Refuse or PermissionBody.Revoke } said =>
                await DecidedAsync(transaction, message, said, receivedAt, cancellation),
            _ => Policy,
        };

    /// <summary>A decision is on what was asked: another use or destination than that is none.</summary>
    private async Task<string?> DecidedAsync(
        Transaction transaction,
        Message message,
        PermissionBody body,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        var asked = message.ReplyTo?.ToString() ?? "";
        var row = await PermissionBook.FindAsync(transaction, asked, cancellation);
        if (row is null || row.MessageId != body.Of.ToString() || row.ToNode != body.To || !SameUse(row, body))
        {
            return Policy;
        }

        var partner = message.From.Node.ToString();
        var by = message.From.ToString();
        if (body.Action == PermissionBody.Revoke)
        {
            var revoked = new PermissionDecision(asked, "out", partner, "revoked", receivedAt, by);
            if (await PermissionBook.RevokeAsync(transaction, revoked, cancellation) == 0)
            {
                return Policy;
            }

            var leaf = new LedgerEvent(partner, LedgerAction.Alter, $"permission:{asked}", "revoked", Link: partner);
            await ledger.AppendAsync(transaction, leaf, cancellation);
        }
        else
        {
            var state = body.Action == PermissionBody.Grant ? "granted" : "refused";
            var decision = new PermissionDecision(asked, "out", partner, state, message.Sent, by);
            if (await PermissionBook.DecideAsync(transaction, decision, cancellation) == 0)
            {
                return Policy;
            }
        }

        live.Changed(transaction, "", row.CaseId);
        return null;
    }

    private static bool SameUse(PermissionRow row, PermissionBody body) =>
        (PermissionUses.Wire(row.ForUse) ?? "") == (body.Use ?? "");

    /// <summary>A partner may ask about what we sent to it, and nothing else.</summary>
    private async Task<string?> AskedAsync(
        Transaction transaction,
        Message message,
        PermissionBody body,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        var ours = await messages.FindAsync(transaction, body.Of.ToString(), cancellation);
        var partner = message.From.Node.ToString();
        if (
            ours is not { Direction: MessageDirection.Out }
            || ours.Partner != partner
            || !NodeId.TryParse(body.To, out _)
            || !PermissionUses.All.Contains(PermissionUses.Of(body, partner))
        )
        {
            return Policy;
        }

        var limit = legalClock.ToDecide(message.Profile);
        var row = Row(message, body, words) with
        {
            Direction = "in",
            Partner = partner,
            CaseId = ours.CaseId,
            LimitMs = (long?)limit?.TotalMilliseconds,
            Received = receivedAt,
            Due = receivedAt + limit,
        };
        await PermissionBook.InsertAsync(transaction, row, cancellation);
        live.Changed(transaction, ours.FromUnit, ours.CaseId);
        return null;
    }

    /// <summary>What a question says of its own row, as the asking side keeps it.</summary>
    public static PermissionRow Row(Message ask, PermissionBody body, SearchWords words) =>
        new()
        {
            Id = ask.Id.ToString(),
            Direction = "out",
            Partner = ask.To.Node.ToString(),
            MessageId = body.Of.ToString(),
            CaseId = ask.Case.ToString(),
            ToNode = body.To,
            State = "asked",
            AskedAt = ask.Sent,
            ForUse = PermissionUses.Of(body, ask.From.Node.ToString()),
            PurposeHash = body.Purpose is { } purpose ? words.LongHashOf(purpose) : null,
        };
}
