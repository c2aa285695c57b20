using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Links;

/// <summary>Takes a partner's proposed terms, and its word on ours.</summary>
internal sealed class TermsReception(TermsDesk desk) : IReception
{
    public async Task AcceptAsync(
        Transaction transaction,
        IReadOnlyList<IncomingMessage> messages,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        foreach (var incoming in messages.Where(m => m.Refusal is null && TermsWire.IsTerms(m.Message)))
        {
            incoming.Refusal = await TakeAsync(transaction, incoming.Message, receivedAt, cancellation)
                ? null
                : Reason.Policy.Code();
        }
    }

    private async Task<bool> TakeAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        if (message.Kind == Kinds.Adoption)
        {
            return await desk.AdoptedAsync(transaction, message, cancellation);
        }

        if (TermsWire.Read(message) is not { } terms)
        {
            return false;
        }

        var (id, partner) = (message.Id.ToString(), message.From.Node.ToString());
        await TermsRows.InsertAsync(
            transaction,
            id,
            partner,
            outgoing: false,
            terms,
            message.From.ToString(),
            receivedAt,
            cancellation
        );
        return true;
    }
}
