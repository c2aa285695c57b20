using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Links;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Guard;
using Entente.Node.Hosting;
using Entente.Node.Profiles;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Texts;

/// <summary>Sends what is drafted, signs what is agreed, and lets go of what will not be signed.</summary>
internal sealed class TextSending(
    Database database,
    TextBook book,
    Drafting drafting,
    TextProjector projector,
    LinkDirectory links,
    LegalProfiles profiles,
    DisclosureGuard guard,
    DecisionBook decisions,
    NodeMarking marking,
    Outbox outbox,
    NodeKeys keys,
    NodeOptions options,
    Ids ids,
    TimeProvider clock
)
{
    private const int Priority = 2;

    /// <summary>The other side's unit where nobody has written yet.</summary>
    public const string DeskUnit = "cooperation";

    public async Task<TextRefusal?> SendAsync(Officer officer, string text, CancellationToken cancellation)
    {
        var view = await book.FindAsync(officer, text, cancellation);
        return view is null ? TextRefusal.NotFound
            : view.Draft.Count == 0 ? TextRefusal.NothingToSend
            : view.Frozen is { } frozen && (frozen == TextRefusal.InForce || ChangesText(view.Draft)) ? frozen
            : await SendAsync(officer, view, Kinds.Proposal, view.Draft, cancellation);
    }

    /// <param name="sha256">Of the text as the officer was shown it.</param>
    public async Task<TextRefusal?> SignAsync(
        Officer officer,
        string text,
        string sha256,
        CancellationToken cancellation
    )
    {
        var view = await book.FindAsync(officer, text, cancellation);
        if (view is null)
        {
            return TextRefusal.NotFound;
        }

        if (view.Frozen is { } frozen)
        {
            return frozen;
        }

        if (view.Draft.Count > 0 || view.Sent.Obstacles.Count > 0)
        {
            return TextRefusal.NotReady;
        }

        if (view.Sent.Canonical?.Sha256 != sha256)
        {
            return TextRefusal.Changed;
        }

        var adoption = new Adoption(1, text, sha256, options.Node, WireTime.Round(clock.GetUtcNow()));
        return await SendAsync(
            officer,
            view,
            Kinds.Adoption,
            [new SignText(sha256, adoption.Sign(keys.Signing))],
            cancellation
        );
    }

    /// <summary>Tells the other side that what it signed will not be signed here.</summary>
    public async Task<TextRefusal?> ReleaseAsync(Officer officer, string text, CancellationToken cancellation)
    {
        var view = await book.FindAsync(officer, text, cancellation);
        return view is null ? TextRefusal.NotFound
            : view.Frozen == TextRefusal.InForce ? TextRefusal.InForce
            : view.TheirSignature is not { } theirs ? TextRefusal.Changed
            : await SendAsync(
                officer,
                view,
                Kinds.Adoption,
                [new ReleaseSignature(theirs.Sha256)],
                cancellation,
                keepDraft: true
            );
    }

    // Once signed here, only what leads to the other side's signature may still be said.
    private static bool ChangesText(IReadOnlyList<Act> acts) =>
        acts.Any(act => act is not (AcceptVersion or AddComment));

    private async Task<TextRefusal?> SendAsync(
        Officer officer,
        TextView view,
        string kind,
        IReadOnlyList<Act> acts,
        CancellationToken cancellation,
        bool keepDraft = false
    )
    {
        var link = await links.FindAsync(view.Row.Partner, cancellation);
        var disclosure = new Disclosure
        {
            Act = DisclosureAct.Send,
            Officer = officer,
            Kind = kind,
            Partner = view.Row.Partner,
            Link = link,
            Profile = link is null ? null : profiles.Find(link.Settings.ProfileId, link.Settings.ProfileVersion),
            Rank = view.Row.Rank,
        };
        var decision = await guard.DecideAsync(disclosure, cancellation);
        if (!decision.Allowed || link is null)
        {
            await decisions.RecordAsync(Objection.To(disclosure, decision, $"text:{view.Row.Id}"), cancellation);
            return new TextRefusal.Guarded(decision);
        }

        var turn = TextView.Next(view.Row.Id, view.Turns, acts, options.Node);
        var message = await MessageAsync(officer, view, link, kind, turn, cancellation);
        await database.WriteAsync(
            async t =>
            {
                await outbox.EnqueueAsync(t, message, Priority, officer.Login, cancellation);
                if (!keepDraft)
                {
                    await drafting.KeepAsync(t, view.Row.Id, [], officer.Login, cancellation);
                }

                await TextRows.TouchAsync(t, view.Row.Id, view.Row.Rank, message.Sent, cancellation);
            },
            cancellation
        );
        await projector.RefreshAsync(view.Row.Id, cancellation);
        return null;
    }

    private async Task<Message> MessageAsync(
        Officer officer,
        TextView view,
        Link link,
        string kind,
        Turn turn,
        CancellationToken cancellation
    ) =>
        new()
        {
            Id = Guid.Parse(ids.New()),
            Kind = kind,
            From = new Address(officer.Unit, NodeId.Parse(options.Node)),
            To = new Address(DeskUnit, NodeId.Parse(view.Row.Partner)),
            Case = Guid.Parse(view.Row.Id),
            Sent = WireTime.Round(clock.GetUtcNow()),
            Subject = view.Row.Title,
            Language = view.Seen.Languages is [var first, ..] ? first : "fr",
            Profile = new ProfileReference(link.Settings.ProfileId, link.Settings.ProfileVersion),
            Classification = await marking.MarkAsync(view.Row.Rank, cancellation),
            Body = turn.ToBody(),
        };
}
