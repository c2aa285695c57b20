using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Links;

/// <summary>A card somebody brings: looked at before it is taken, so that the officer sees whose it claims to be.</summary>
internal sealed class CardOffer(
    Database database,
    LinkCeremony ceremony,
    LinkDirectory directory,
    LinkTerms terms,
    NodeOptions options,
    TimeProvider clock
)
{
    /// <summary>
    /// What the card says, where it would make a new link. A known partner's renewed card or rotation needs no terms: it
    /// is taken at once, and the link it belongs to is returned.
    /// </summary>
    public async Task<(CardPreview? New, LinkOutcome? Taken)> LookAsync(
        string jws,
        string officer,
        CancellationToken cancellation
    )
    {
        var opened = LinkCard.Open(jws.Trim());
        var held = opened.Ok ? await directory.FindAsync(opened.Value!.Node.ToString(), cancellation) : null; // Ok has a value.
        if (!opened.Ok || held is not null)
        {
            return (null, await TakeAsync(jws, terms.Usual, officer, cancellation));
        }

        var card = opened.Value!; // Ok has a value.
        if (CardJudgement.Of(card, null, selfSigned: true, options.Node, clock.GetUtcNow()) is { } error)
        {
            return (null, error);
        }

        var own = await ceremony.OwnCardAsync(cancellation);
        return (new CardPreview(card, SafetyNumber.Of(own, card)), null);
    }

    public Task<LinkOutcome> TakeAsync(
        string jws,
        LinkSettings settings,
        string officer,
        CancellationToken cancellation
    ) => database.WriteAsync(t => ceremony.AcceptAsync(t, jws, settings, officer, cancellation), cancellation);
}

/// <param name="SafetyNumber">Sixty digits, twelve groups.</param>
internal sealed record CardPreview(LinkCard Card, string SafetyNumber);
