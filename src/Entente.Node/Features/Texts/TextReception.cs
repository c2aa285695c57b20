using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Texts;

/// <summary>
/// Takes a partner's turns on joint texts: opens a text that is new here, and refuses what is no turn, what speaks of a
/// text of another partner's, and a signature that is not the partner's or not over what it says.
/// </summary>
internal sealed class TextReception(LinkDirectory links, TextProjector projector) : IReception
{
    private static readonly string Policy = Reason.Policy.Code();

    public async Task AcceptAsync(
        Transaction transaction,
        IReadOnlyList<IncomingMessage> messages,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        foreach (
            var incoming in messages.Where(m =>
                m.Message.Kind is Kinds.Proposal or Kinds.Adoption && !TermsWire.IsTerms(m.Message)
            )
        )
        {
            incoming.Refusal = await TakeAsync(transaction, incoming, receivedAt, cancellation);
        }
    }

    private async Task<string?> TakeAsync(
        Transaction transaction,
        IncomingMessage incoming,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        var message = incoming.Message;
        var partner = await links.FindPartnerAsync(message.From.Node.ToString(), cancellation);
        var turn = Turn.Read(message.Body);
        if (
            partner is null
            || turn is null
            || turn.Text != message.Case.ToString()
            // The partner may have renewed its key since.
            || (!incoming.Again && !turn.Acts.OfType<SignText>().All(act => Holds(act, turn, partner)))
        )
        {
            return Policy;
        }

        const string known = "SELECT partner FROM joint_text WHERE id = @Id";
        var with = await transaction.OneAsync<string>(known, new { Id = turn.Text }, cancellation);
        if (with is null && turn.Acts.OfType<OpenText>().FirstOrDefault() is { } opening)
        {
            await TextRows.InsertAsync(transaction, Row(message, turn, opening, partner, receivedAt), cancellation);
        }
        else if (with != partner.Partner)
        {
            return Policy;
        }
        else
        {
            await TextRows.TouchAsync(transaction, turn.Text, message.Classification.Rank, receivedAt, cancellation);
        }

        transaction.AfterCommit(() => projector.Wake(turn.Text));
        return null;
    }

    private static TextRow Row(
        Message message,
        Turn turn,
        OpenText opening,
        LinkedPartner partner,
        DateTimeOffset receivedAt
    ) =>
        new()
        {
            Id = turn.Text,
            Partner = partner.Partner,
            Country = partner.Link.Country,
            Kind = opening.Kind,
            State = TextStates.Negotiating,
            Rank = message.Classification.Rank,
            Amends = opening.Amends,
            Meeting = opening.Meeting,
            ChangedAt = receivedAt,
            Stale = true,
        };

    private static bool Holds(SignText act, Turn turn, LinkedPartner partner) =>
        Adoption.Open(act.Jws, partner.Keys.Signing) is { } adoption
        && adoption.Text == turn.Text
        && adoption.Sha256 == act.Sha256
        && adoption.By == partner.Partner;
}
