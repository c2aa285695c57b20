using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Record;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>Turns what an officer wrote into the message that is signed.</summary>
internal sealed class RequestMessages(NodeOptions options, NodeMarking marking, Ids ids, TimeProvider clock)
{
    public async Task<Message> WriteAsync(Officer officer, ReviewedDraft review, CancellationToken cancellation)
    {
        var draft = review.Draft;
        return new Message
        {
            Id = Guid.Parse(ids.New()),
            Kind = draft.Kind,
            From = new Address(officer.Unit, NodeId.Parse(options.Node)),
            To = review.To,
            Case = Guid.Parse(draft.Case ?? ids.New()),
            ReplyTo = null,
            Sent = WireTime.Round(clock.GetUtcNow()),
            Subject = draft.Subject.Trim(),
            Language = draft.Language,
            Profile = new ProfileReference(review.Link.Settings.ProfileId, review.Link.Settings.ProfileVersion),
            Classification = await marking.MarkAsync(draft.Rank, cancellation),
            Handling = draft.Handling,
            Purpose = Said(draft.Purpose),
            Basis = review.Basis is { } basis ? Basis(basis) : null,
            Serves = [.. review.Commitments.Select(c => Guid.Parse(c.Id))],
            Body = draft.Kind == Kinds.Request ? Request(draft).ToBody() : Information(draft, review).ToBody(),
            Subjects = [.. draft.Subjects.Select(Subject)],
            Attachments = draft.Attachments,
            Tlp = draft.Safeguards.Tlp,
            Pap = draft.Safeguards.Pap,
            Transfer = SafeguardMembers.Transfer(draft.Safeguards),
            Evaluation =
                draft is { GivesInformation: true, Reliability: { } source, Accuracy: { } information }
                && review.Disclosure.Profile is { } profile
                    ? new Evaluation(profile.Evaluation.Scale, source, information)
                    : null,
            Unknown = WireMembers.Of(
                (WireMembers.HandlingText, Said(draft.HandlingText)),
                (WireMembers.CommitmentTexts, review.Commitments.Select(c => c.Text).ToList())
            ),
        };
    }

    private static RequestBody Request(RequestDraft draft) =>
        new()
        {
            Domain = draft.Domain ?? "",
            Urgency = UrgencyCodes.Parse(draft.Urgency),
            UrgencyReason = Said(draft.UrgencyReason),
            Justification = draft.Justification?.Trim() ?? "",
            Questions = [.. draft.Questions.Select(q => q.Trim()).Where(q => q.Length > 0)],
            Link = Said(draft.SubjectLink),
            Availability = Said(draft.Availability),
            Unknown = WireMembers.Of(
                (WireMembers.UrgencyGround, Said(draft.UrgencyGround)),
                (WireMembers.Channels, draft.Channels),
                (WireMembers.ChannelReference, Said(draft.ChannelReference))
            ),
        };

    private static InformationBody Information(RequestDraft draft, ReviewedDraft review) =>
        new()
        {
            Domain = draft.Domain ?? "",
            Text = draft.Text?.Trim() ?? "",
            Nature = draft.Safeguards.Nature,
            Assessment = Said(draft.Safeguards.Assessment),
            Origins = review.Forwarded is { } forwarded ? ForeignContents.Origins(forwarded.Message) : null,
            Breach = draft.Breach,
            Acknowledge = draft.Kind == Kinds.Alert ? draft.Acknowledge : null,
        };

    // The title goes along: the partner does not have our record.
    internal static Basis Basis(BasisChoice basis) =>
        new(basis.Id) { Unknown = WireMembers.Of(("title", basis.Title), ("type", basis.Type), ("date", basis.Date)) };

    private static Subject Subject(SubjectDraft draft)
    {
        List<(string, string)> properties = [("name", draft.Name.Trim())];
        if (Said(draft.Detail) is { } detail)
        {
            properties.Add(("detail", detail));
        }

        if (Said(draft.Born) is { } born)
        {
            properties.Add(("born", born));
        }

        if (draft.IsMinor)
        {
            properties.Add(("minor", "true"));
        }

        return Protocol.Subject.Of(draft.Type, [.. properties]) with
        {
            Category = draft.Type == SubjectType.Person ? Said(draft.Category) : null,
        };
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>The wire's urgency and the profile's codes for its time limits.</summary>
internal static class UrgencyCodes
{
    public const string Ordinary = "other";

    public static Urgency Parse(string code) =>
        code switch
        {
            "urgent-direct" => Urgency.UrgentDirect,
            "urgent-indirect" => Urgency.UrgentIndirect,
            _ => Urgency.Other,
        };

    public static string Code(this Urgency urgency) =>
        urgency switch
        {
            Urgency.UrgentDirect => "urgent-direct",
            Urgency.UrgentIndirect => "urgent-indirect",
            _ => "other",
        };

    /// <summary>The outbox's priority: 0 leaves first.</summary>
    public static int Priority(string code) =>
        code switch
        {
            "urgent-direct" => 0,
            "urgent-indirect" => 1,
            _ => 2,
        };
}
