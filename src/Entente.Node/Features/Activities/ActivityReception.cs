using Entente.Node.Features.Delivery;
using Entente.Node.Features.Recovery;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Activities;

/// <summary>Takes what a partner says of an activity, and what we said ourselves and were given back after a loss.</summary>
internal sealed class ActivityReception(ActivityProjection projection) : IReception, IForgottenSending
{
    private static readonly string Policy = Reason.Policy.Code();

    public async Task AcceptAsync(
        Transaction transaction,
        IReadOnlyList<IncomingMessage> messages,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        foreach (var incoming in messages.Where(m => m.Refusal is null && m.Message.Kind == Kinds.Activity))
        {
            incoming.Refusal = await KeepAsync(transaction, incoming.Message, cancellation);
        }
    }

    public Task SentAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset at,
        CancellationToken cancellation
    ) =>
        message.Kind == Kinds.Activity && ActivityAccount.Read(message.Body) is { } account
            ? projection.TakeAsync(transaction, message, account, own: true, cancellation)
            : Task.CompletedTask;

    private async Task<string?> KeepAsync(Transaction t, Message message, CancellationToken cancellation)
    {
        if (ActivityAccount.Read(message.Body) is not { } account || account.Activity != message.Case.ToString())
        {
            return Policy;
        }

        // An activity is with one partner: nobody else has a say in it.
        var known = await ActivityProjection.FindAsync(t, account.Activity, cancellation);
        if (known is not null && known.Partner != message.From.Node.ToString())
        {
            return Policy;
        }

        await projection.TakeAsync(t, message, account, own: false, cancellation);
        return null;
    }
}
