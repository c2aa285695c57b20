using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Features.Recovery;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Texts;

/// <summary>
/// Turns that this node made before it was restored: the row of their text is there again and stale, and what they carried
/// is drafted no more.
/// </summary>
internal sealed class TextRecovery(TextProjector projector, Drafting drafting) : IForgottenSending
{
    public async Task SentAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        if (
            message.Kind is not (Kinds.Proposal or Kinds.Adoption)
            || TermsWire.IsTerms(message)
            || Turn.Read(message.Body) is not { } turn
        )
        {
            return;
        }

        const string known = "SELECT partner FROM joint_text WHERE id = @Id";
        var with = await transaction.OneAsync<string>(known, new { Id = turn.Text }, cancellation);
        if (with is null && turn.Acts.OfType<OpenText>().FirstOrDefault() is { } opening)
        {
            await TextRows.InsertAsync(transaction, Row(message, turn, opening), cancellation);
        }
        else
        {
            await TextRows.TouchAsync(transaction, turn.Text, message.Classification.Rank, message.Sent, cancellation);
        }

        if (message.Kind == Kinds.Proposal)
        {
            await drafting.KeepAsync(transaction, turn.Text, [], Officer.NodeActor, cancellation);
        }

        transaction.AfterCommit(() => projector.Wake(turn.Text));
    }

    private static TextRow Row(Message message, Turn turn, OpenText opening) =>
        new()
        {
            Id = turn.Text,
            Partner = message.To.Node.ToString(),
            Country = message.To.Node.Country.ToUpperInvariant(),
            Kind = opening.Kind,
            State = TextStates.Negotiating,
            Rank = message.Classification.Rank,
            Amends = opening.Amends,
            Meeting = opening.Meeting,
            ChangedAt = message.Sent,
            Stale = true,
        };
}
