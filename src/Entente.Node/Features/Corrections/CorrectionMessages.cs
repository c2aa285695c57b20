using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Links;
using Entente.Node.Features.Protection;
using Entente.Node.Guard;
using Entente.Node.Hosting;
using Entente.Node.Profiles;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Corrections;

/// <summary>
/// Writes correction messages and asks the guard about them. They say nothing of what the message was about but, with a
/// rectification, what is right: the content that goes must not live on in the message that makes it go.
/// </summary>
internal sealed class CorrectionMessages(
    SeenMessages messages,
    LinkDirectory links,
    LegalProfiles profiles,
    ProtectionBook protection,
    NodeMarking marking,
    DisclosureGuard guard,
    NodeOptions options,
    Ids ids,
    TimeProvider clock
)
{
    public async Task<CorrectionMessage> WriteAsync(
        Transaction t,
        Officer officer,
        StoredMessage about,
        CorrectionBody body,
        string? replyTo,
        CancellationToken cancellation
    )
    {
        var link = await links.FindAsync(about.Partner, cancellation);
        // Free words and what is right are as sensitive as what they speak of; codes are not.
        var rank = body.Text is null && body.Reason is null ? 0 : about.ClassificationRank;
        var opened = await messages.OpenAsync(about.Id, cancellation);
        var shielded =
            await KeptDrafts.IsHeldAsync(t, about.Id, cancellation)
            || await protection.ShieldsAsync(
                about.Partner[..2].ToUpperInvariant(),
                [body.Text, body.Reason],
                cancellation
            );
        var disclosure = new Disclosure
        {
            Act = DisclosureAct.Send,
            Officer = officer,
            Kind = Kinds.Correction,
            Partner = about.Partner,
            Link = link,
            Profile = link is null ? null : profiles.Find(link.Settings.ProfileId, link.Settings.ProfileVersion),
            Purpose = "correction",
            AnsweredBasis = opened?.Message.Basis?.Instrument ?? $"message:{about.Id}",
            Rank = rank,
            Shielded = shielded,
        };
        var decision = await guard.DecideAsync(disclosure, cancellation);
        var message =
            decision.Allowed && link is not null
                ? await MessageAsync(about, link, body, rank, replyTo, cancellation)
                : null;
        return new CorrectionMessage(message, disclosure, decision);
    }

    private async Task<Message> MessageAsync(
        StoredMessage about,
        Link link,
        CorrectionBody body,
        int rank,
        string? replyTo,
        CancellationToken cancellation
    )
    {
        var sent = about.Direction == MessageDirection.Out;
        return new Message
        {
            Id = Guid.Parse(ids.New()),
            Kind = Kinds.Correction,
            From = new Address(sent ? about.FromUnit : about.ToUnit, NodeId.Parse(options.Node)),
            To = new Address(sent ? about.ToUnit : about.FromUnit, NodeId.Parse(about.Partner)),
            Case = Guid.Parse(about.CaseId),
            ReplyTo = Guid.Parse(replyTo ?? about.Id),
            Sent = WireTime.Round(clock.GetUtcNow()),
            Subject = Kinds.Correction,
            Language = "fr",
            Profile = new ProfileReference(link.Settings.ProfileId, link.Settings.ProfileVersion),
            Classification = await marking.MarkAsync(rank, cancellation),
            Handling = body.Text is null ? [] : [.. about.Handling.Split(',', StringSplitOptions.RemoveEmptyEntries)],
            Body = body.ToBody(),
        };
    }
}

/// <param name="Message">Null where the guard stands against it.</param>
internal sealed record CorrectionMessage(Message? Message, Disclosure Disclosure, Decision Decision);
