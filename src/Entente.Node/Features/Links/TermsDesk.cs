using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Profiles;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Links;

/// <summary>
/// Agreeing a link's terms: one side's officer proposes in a signed message, the other's adopts in another, and both nodes
/// put the same version in force. Each side may narrow its own terms without asking; widening takes both.
/// </summary>
internal sealed class TermsDesk(
    Database database,
    LinkDirectory directory,
    LegalProfiles profiles,
    TermsRows rows,
    Outbox outbox,
    LedgerLog ledger,
    NodeOptions options,
    Ids ids,
    TimeProvider clock
)
{
    public async Task<LinkError?> ProposeAsync(
        Officer officer,
        string partner,
        LinkSettings settings,
        CancellationToken cancellation
    )
    {
        var link = await directory.FindAsync(partner, cancellation);
        var profile = profiles.Find(settings.ProfileId, settings.ProfileVersion);
        if (link is not { State: LinkState.Active } || profile is null)
        {
            return new LinkNotActive(partner);
        }

        var terms = ProposedTerms.Of(settings with { Version = link.Settings.Version + 1 }, profile.Sha256);
        var message = Write(officer, link, Kinds.Proposal, terms, replyTo: null);
        await database.WriteAsync(
            async t =>
            {
                var id = message.Id.ToString();
                await TermsRows.InsertAsync(t, id, partner, true, terms, officer.Login, message.Sent, cancellation);
                await outbox.EnqueueAsync(t, message, 2, officer.Login, cancellation);
                await LedgerAsync(t, officer.Login, partner, $"terms-proposed:{terms.Version}", cancellation);
            },
            cancellation
        );
        return null;
    }

    /// <summary>Adopts what the partner proposed; the terms are in force here at once, there when the adoption arrives.</summary>
    public async Task<LinkError?> AdoptAsync(
        Officer officer,
        string partner,
        string proposal,
        CancellationToken cancellation
    )
    {
        var link = await directory.FindAsync(partner, cancellation);
        var open = (await rows.OpenAsync(partner, cancellation)).FirstOrDefault(o => o.Id == proposal && !o.Ours);
        // The very file the proposer meant, or no agreement on it.
        var profile = open is null ? null : profiles.Find(open.Terms.ProfileId, open.Terms.ProfileVersion);
        if (link is not { State: LinkState.Active } || open is null)
        {
            return new LinkNotActive(partner);
        }

        if (profile?.Sha256 != open.Terms.ProfileSha256)
        {
            return new ProfileNotHere(open.Terms.ProfileId, open.Terms.ProfileVersion, open.Terms.ProfileSha256);
        }

        var version = Math.Max(open.Terms.Version, link.Settings.Version + 1);
        var terms = open.Terms with { Version = version };
        var message = Write(officer, link, Kinds.Adoption, terms, Guid.Parse(proposal));
        await database.WriteAsync(
            async t =>
            {
                if (await TermsRows.AdoptAsync(t, proposal, partner, outgoing: false, cancellation) == 0)
                {
                    return;
                }

                await InForceAsync(t, partner, terms.ToSettings(turned: true), officer.Login, cancellation);
                await outbox.EnqueueAsync(t, message, 2, officer.Login, cancellation);
            },
            cancellation
        );
        return null;
    }

    /// <summary>
    /// The partner's word on our proposal: what we proposed comes into force here, and nothing else that the word may say.
    /// Refused where it says other terms, or where ours changed since: an officer who narrowed them meant it.
    /// </summary>
    public async Task<bool> AdoptedAsync(Transaction t, Message adoption, CancellationToken cancellation)
    {
        var partner = adoption.From.Node.ToString();
        var terms = TermsWire.Read(adoption);
        var proposal = adoption.ReplyTo?.ToString();
        if (terms is null || proposal is null)
        {
            return false;
        }

        var proposed = await TermsRows.ProposedAsync(t, proposal, partner, cancellation);
        if (
            proposed is null
            || !TermsWire.AreSame(terms, proposed)
            || await TermsRows.AdoptAsync(t, proposal, partner, outgoing: true, cancellation) == 0
            || await LinkWrites.LockAsync(t, partner, cancellation) >= proposed.Version
        )
        {
            return false;
        }

        var version = Math.Max(terms.Version, proposed.Version);
        await InForceAsync(
            t,
            partner,
            (proposed with { Version = version }).ToSettings(turned: false),
            partner,
            cancellation
        );
        return true;
    }

    /// <summary>Puts terms in force in the caller's transaction.</summary>
    /// <param name="by">The officer or the partner who adopted them.</param>
    internal async Task InForceAsync(
        Transaction t,
        string partner,
        LinkSettings settings,
        string by,
        CancellationToken cancellation
    )
    {
        // Somebody else may have changed them a moment ago.
        var current = await LinkWrites.LockAsync(t, partner, cancellation);
        var next = settings with { Version = Math.Max(settings.Version, current + 1) };
        await LinkWrites.SettingsAsync(t, partner, next, by, clock.GetUtcNow(), cancellation);
        await LedgerAsync(t, by, partner, $"terms-adopted:{next.Version}", cancellation);
        await directory.ChangeAsync(t, cancellation);
    }

    private Message Write(Officer officer, Link link, string kind, ProposedTerms terms, Guid? replyTo)
    {
        var id = Guid.Parse(ids.New());
        return new Message
        {
            Id = id,
            Kind = kind,
            From = new Address(officer.Unit, NodeId.Parse(options.Node)),
            To = new Address(officer.Unit, NodeId.Parse(link.Partner)),
            Case = id,
            ReplyTo = replyTo,
            Sent = WireTime.Round(clock.GetUtcNow()),
            Subject = "link-terms",
            Language = "fr",
            Profile = new ProfileReference(link.Settings.ProfileId, link.Settings.ProfileVersion),
            Classification = MarkingBook.Mark(new MarkingBook().For(""), 0),
            Body = TermsWire.Body(terms),
        };
    }

    private Task<long> LedgerAsync(
        Transaction t,
        string actor,
        string partner,
        string why,
        CancellationToken cancellation
    ) =>
        ledger.AppendAsync(
            t,
            new LedgerEvent(actor, LedgerAction.Administer, $"link:{partner}", why, Link: partner),
            cancellation
        );
}
