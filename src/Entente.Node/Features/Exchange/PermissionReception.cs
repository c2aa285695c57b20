using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>What partners ask about our messages, and what they say to what we asked about theirs.</summary>
internal sealed class PermissionReception(MessageStore messages, ExchangeLive live)
{
    private static readonly string Policy = Reason.Policy.Code();

    public async Task<string?> AcceptAsync(Transaction transaction, Message message, CancellationToken cancellation)
    {
        var body = message.AsPermission();
        var partner = message.From.Node.ToString();
        return body?.Action switch
        {
            PermissionBody.Ask => await AskedAsync(transaction, message, body, cancellation),
            PermissionBody.Grant or PermissionBody.Refuse => await PermissionBook.DecideAsync(
                transaction,
                new PermissionDecision(
                    message.ReplyTo?.ToString() ?? "",
                    "out",
                    partner,
                    body.Action == PermissionBody.Grant ? "granted" : "refused",
                    message.Sent,
                    message.From.ToString()
                ),
                cancellation
            ) == 0
                ? Policy
                : null,
            _ => Policy,
        };
    }

    /// <summary>A partner may ask about what we sent to it, and nothing else.</summary>
    private async Task<string?> AskedAsync(
        Transaction transaction,
        Message message,
        PermissionBody body,
        CancellationToken cancellation
    )
    {
        var ours = await messages.FindAsync(transaction, body.Of.ToString(), cancellation);
        var partner = message.From.Node.ToString();
        if (
            ours is not { Direction: MessageDirection.Out }
            || ours.Partner != partner
            || !NodeId.TryParse(body.To, out _)
        )
        {
            return Policy;
        }

        var row = new PermissionRow
        {
            Id = message.Id.ToString(),
            Direction = "in",
            Partner = partner,
            MessageId = body.Of.ToString(),
            CaseId = ours.CaseId,
            ToNode = body.To,
            State = "asked",
            AskedAt = message.Sent,
        };
        await PermissionBook.InsertAsync(transaction, row, cancellation);
        live.Changed(transaction, ours.FromUnit, ours.CaseId);
        return null;
    }
}
