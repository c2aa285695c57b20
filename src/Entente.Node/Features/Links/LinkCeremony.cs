using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Links;

/// <summary>
/// How two nodes come to trust each other, and stop to. Cards are exchanged, the safety number is compared over another
/// channel, two security officers confirm it; from then on the link is active. Every step is in the ledger.
/// Officers are given by login; that they hold the security role is the door's business (page, command).
/// </summary>
internal sealed class LinkCeremony(
    Database database,
    LedgerLog ledger,
    LinkDirectory directory,
    OwnCard own,
    NodeKeys keys,
    NodeOptions options,
    TimeProvider clock
)
{
    private const int Eyes = 2;
    private const int HighestRank = 4;

    /// <summary>The card to hand to a partner: its <see cref="LinkCard.Jws"/>.</summary>
    public Task<LinkCard> OwnCardAsync(CancellationToken cancellation) => own.CurrentAsync(cancellation);

    /// <summary>The sixty digits that both sides must read the same; null while no card of that partner is here.</summary>
    public async Task<string?> SafetyNumberAsync(string partner, CancellationToken cancellation) =>
        (await directory.FindPartnerAsync(partner, cancellation)) is { } found
            ? SafetyNumber.Of(keys.Signing.Kid, found.Card.SigningJwk.Thumbprint)
            : null;

    /// <summary>
    /// Takes a partner's card. A new partner's link is pending; a known partner's renewed card (same signing key), or a
    /// rotation signed by the old key, takes the old one's place.
    /// </summary>
    public async Task<LinkOutcome> AcceptAsync(
        Transaction transaction,
        string cardJws,
        LinkSettings settings,
        string officer,
        CancellationToken cancellation
    )
    {
        cardJws = cardJws.Trim();
        var opened = LinkCard.Open(cardJws);
        Link? held = null;
        if (opened.Ok)
        {
            held = await FindAsync(transaction, opened.Value.Node.ToString(), cancellation);
        }
        else if (await OpenRotationAsync(transaction, cardJws, cancellation) is { } rotation)
        {
            (held, opened) = (rotation.Held, rotation.Card);
        }

        if (!opened.Ok)
        {
            return new CardUnreadable(opened.Refusal);
        }

        var error = CardJudgement.Of(opened.Value, held, opened.Value.Jws == cardJws, options.Node, clock.GetUtcNow());
        error ??= settings.CeilingRank is < 0 or > HighestRank ? new CeilingOutOfRange(settings.CeilingRank) : null;
        return error is not null
            ? error
            : await TakeCardAsync(transaction, opened.Value, held, settings, officer, cancellation);
    }

    /// <summary>One security officer's word that the safety number is the same on both sides. The second one's activates the link.</summary>
    public Task<LinkOutcome> ConfirmAsync(string partner, string officer, CancellationToken cancellation) =>
        ChangeAsync(
            partner,
            async (t, link) =>
            {
                if (link.State != LinkState.Pending)
                {
                    return new LinkNotPending(partner);
                }

                if (link.ConfirmedBy.Contains(officer))
                {
                    return new ConfirmedBySameOfficer(officer);
                }

                var now = clock.GetUtcNow();
                // A link in the directory has its card.
                var key = link.Card!.SigningJwk.Thumbprint;
                await LinkWrites.ConfirmAsync(t, partner, key, officer, now, cancellation);
                await LedgerAsync(t, officer, partner, "safety-number-confirmed", key, cancellation);
                if (link.ConfirmedBy.Count + 1 >= Eyes)
                {
                    await LinkWrites.StateAsync(t, partner, LinkState.Active, null, officer, now, cancellation);
                    await LedgerAsync(t, officer, partner, "link-activated", null, cancellation);
                }

                return null;
            },
            cancellation
        );

    /// <summary>Stops the link: nothing is sent or accepted; what waits, waits.</summary>
    public Task<LinkOutcome> SuspendAsync(
        string partner,
        string reason,
        string officer,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            partner,
            (t, link) => SuspendAsync(t, link.Partner, link.State, reason, officer, cancellation),
            cancellation
        );

    /// <summary>The same in a transaction of the caller: the node itself stops a link whose history forked.</summary>
    public async Task<LinkError?> SuspendAsync(
        Transaction transaction,
        string partner,
        LinkState state,
        string reason,
        string officer,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return new ReasonMissing();
        }

        if (state != LinkState.Active)
        {
            return new LinkNotActive(partner);
        }

        var now = clock.GetUtcNow();
        await LinkWrites.StateAsync(transaction, partner, LinkState.Suspended, reason, officer, now, cancellation);
        await LedgerAsync(transaction, officer, partner, "link-suspended", null, cancellation);
        await directory.ChangeAsync(transaction, cancellation);
        return null;
    }

    public Task<LinkOutcome> ResumeAsync(
        string partner,
        string reason,
        string officer,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            partner,
            async (t, link) =>
            {
                if (string.IsNullOrWhiteSpace(reason))
                {
                    return new ReasonMissing();
                }

                if (link.State != LinkState.Suspended)
                {
                    return new LinkNotSuspended(partner);
                }

                var now = clock.GetUtcNow();
                await LinkWrites.StateAsync(t, partner, LinkState.Active, reason, officer, now, cancellation);
                await LedgerAsync(t, officer, partner, "link-resumed", null, cancellation);
                return null;
            },
            cancellation
        );

    /// <summary>Puts new settings in force as the next version, whatever version the caller's record names.</summary>
    public Task<LinkOutcome> ChangeSettingsAsync(
        string partner,
        LinkSettings settings,
        string officer,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            partner,
            async (t, link) =>
            {
                if (settings.CeilingRank is < 0 or > HighestRank)
                {
                    return new CeilingOutOfRange(settings.CeilingRank);
                }

                var next = settings with { Version = link.Settings.Version + 1 };
                await LinkWrites.SettingsAsync(t, partner, next, officer, clock.GetUtcNow(), cancellation);
                await LedgerAsync(t, officer, partner, $"settings-changed:{next.Version}", null, cancellation);
                return null;
            },
            cancellation
        );

    private async Task<LinkOutcome> TakeCardAsync(
        Transaction transaction,
        LinkCard card,
        Link? held,
        LinkSettings settings,
        string officer,
        CancellationToken cancellation
    )
    {
        var now = clock.GetUtcNow();
        var partner = card.Node.ToString();
        await LinkWrites.CardAsync(transaction, card, officer, now, cancellation);
        if (held is null)
        {
            await LinkWrites.CreateAsync(transaction, card, settings with { Version = 1 }, officer, now, cancellation);
        }
        else if (held.State != LinkState.Pending && held.Card!.SigningJwk.Thumbprint != card.SigningJwk.Thumbprint)
        {
            // The old key vouches for the new one: the officers' confirmations go over to it.
            await LinkWrites.CarryConfirmationsAsync(transaction, held, card, cancellation);
        }

        var why = held is null ? "card-accepted" : "card-renewed";
        await LedgerAsync(transaction, officer, partner, why, card.Sha256.ToString(), cancellation);
        await directory.ChangeAsync(transaction, cancellation);
        // It was written by the lines above.
        return (await FindAsync(transaction, partner, cancellation))!;
    }

    private async Task<LinkOutcome> ChangeAsync(
        string partner,
        Func<Transaction, Link, Task<LinkError?>> change,
        CancellationToken cancellation
    ) =>
        await database.WriteAsync<LinkOutcome>(
            async t =>
            {
                await LinkWrites.LockAsync(t, partner, cancellation);
                if (await FindAsync(t, partner, cancellation) is not { } link)
                {
                    return new LinkUnknown(partner);
                }

                if (await change(t, link) is { } error)
                {
                    return error;
                }

                await directory.ChangeAsync(t, cancellation);
                return (await FindAsync(t, partner, cancellation))!; // It was there a moment ago, in this transaction.
            },
            cancellation
        );

    private static async Task<(Link Held, Opened<LinkCard> Card)?> OpenRotationAsync(
        Transaction transaction,
        string jws,
        CancellationToken cancellation
    )
    {
        var links = await LinkRows.ReadAsync(transaction.Connection, transaction.Inner, null, cancellation);
        foreach (var link in links)
        {
            var opened = LinkCard.OpenRotated(jws, link.Card!); // Read from the database, where every link has one.
            if (opened.Ok)
            {
                return (link, opened);
            }
        }

        return null;
    }

    private static async Task<Link?> FindAsync(Transaction t, string partner, CancellationToken cancellation) =>
        (await LinkRows.ReadAsync(t.Connection, t.Inner, partner, cancellation)).SingleOrDefault();

    private Task<long> LedgerAsync(
        Transaction transaction,
        string officer,
        string partner,
        string why,
        string? hash,
        CancellationToken cancellation
    ) =>
        ledger.AppendAsync(
            transaction,
            new LedgerEvent(officer, LedgerAction.Administer, $"link:{partner}", why, hash, partner),
            cancellation
        );
}
