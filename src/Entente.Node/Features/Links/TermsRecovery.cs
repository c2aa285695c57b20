using Entente.Node.Features.Accounts;
using Entente.Node.Features.Recovery;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Links;

/// <summary>
/// Terms that this node had proposed or adopted before it was restored. What it narrowed by itself was never said to
/// anybody, and does not come back.
/// </summary>
internal sealed class TermsRecovery(TermsDesk desk) : IForgottenSending
{
    public async Task SentAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        if (!TermsWire.IsTerms(message) || TermsWire.Read(message) is not { } terms)
        {
            return;
        }

        var partner = message.To.Node.ToString();
        if (message.Kind == Kinds.Proposal)
        {
            await TermsRows.InsertAsync(
                transaction,
                message.Id.ToString(),
                partner,
                outgoing: true,
                terms,
                message.From.ToString(),
                message.Sent,
                cancellation
            );
        }
        else if (
            message.ReplyTo is { } proposal
            && await TermsRows.AdoptAsync(transaction, proposal.ToString(), partner, outgoing: false, cancellation) > 0
        )
        {
            var settings = terms.ToSettings(turned: true);
            await desk.InForceAsync(transaction, partner, settings, Officer.NodeActor, cancellation);
        }
    }
}
