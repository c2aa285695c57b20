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
internal sealed class TextReception(LinkDirectory links, TextProjector projector, MessageStore messages) : IReception
{
    // A page of it, and the row in the lists, are made of all its turns.
    private const int MostTurns = 5000;
    private const long MostBytes = 64 * 1024 * 1024;
    private static readonly string Policy = Reason.Policy.Code();

    public async Task AcceptAsync(
        Transaction transaction,
        IReadOnlyList<IncomingMessage> received,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        var taken = new List<Turn>(); // Those of the same envelope are not on record yet.
        foreach (
            var incoming in received.Where(m =>
                m.Message.Kind is Kinds.Proposal or Kinds.Adoption && !TermsWire.IsTerms(m.Message)
            )
        )
        {
            incoming.Refusal = await TakeAsync(transaction, incoming, taken, receivedAt, cancellation);
        }
    }

    private async Task<string?> TakeAsync(
        Transaction transaction,
        IncomingMessage incoming,
        List<Turn> taken,
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
        if (!incoming.Again && !await FitsAsync(transaction, partner.Partner, turn, taken, cancellation))
        {
            return Policy;
        }

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

        taken.Add(turn with { By = partner.Partner });
        transaction.AfterCommit(() => projector.Wake(turn.Text));
        return null;
    }

    /// <summary>It is in its place among the turns, and the text is no other thing of ours and not beyond all measure.</summary>
    private async Task<bool> FitsAsync(
        Transaction transaction,
        string partner,
        Turn turn,
        IReadOnlyList<Turn> taken,
        CancellationToken cancellation
    )
    {
        const string other = """
            SELECT (SELECT COUNT(*) FROM instrument WHERE id = @Id) + (SELECT COUNT(*) FROM meeting WHERE id = @Id)
              + (SELECT COUNT(*) FROM commitment WHERE id = @Id)
              + (SELECT COUNT(*) FROM message WHERE case_id = @Id AND partner <> @Partner)
            WHERE NOT EXISTS (SELECT 1 FROM joint_text WHERE id = @Id)
            """;
        const string size = """
            SELECT COUNT(*) AS turns, COALESCE(SUM(LENGTH(sealed)), 0) AS bytes FROM message WHERE case_id = @Id
            """;
        var of = new { Id = turn.Text, Partner = partner };
        var now = await transaction.OneAsync<Extent>(size, of, cancellation);
        if (
            await transaction.OneAsync<long?>(other, of, cancellation) > 0
            || now is { Turns: >= MostTurns } or { Bytes: >= MostBytes }
        )
        {
            return false;
        }

        var opened = await messages.OpenCaseAsync(transaction, turn.Text, cancellation);
        var known = TextBook.Turns(opened, partner);
        return TurnOrder.Holds(turn with { By = partner }, [.. known, .. taken.Where(t => t.Text == turn.Text)]);
    }

    private sealed record Extent
    {
        public required long Turns { get; init; }
        public required long Bytes { get; init; }
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
