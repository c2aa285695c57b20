using System.Text.Json;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Links;
using Entente.Node.Features.Record;
using Entente.Node.Guard;
using Entente.Node.Hosting;
using Entente.Node.Profiles;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Texts;

/// <summary>
/// How one cooperation desk writes to the other's: the guard judges, what it stops is recorded, what may go is marked. Texts,
/// meetings, reports on commitments and activities all leave by it.
/// </summary>
internal sealed class DeskPost(
    LinkDirectory links,
    LegalProfiles profiles,
    DisclosureGuard guard,
    DecisionBook decisions,
    NodeMarking marking,
    Outbox outbox,
    NodeOptions options,
    Ids ids,
    TimeProvider clock
)
{
    /// <summary>The other side's unit.</summary>
    public const string DeskUnit = "cooperation";

    /// <returns>The message, ready to be posted, or the decision that stood against it.</returns>
    public async Task<(Message? Message, Decision Decision)> WriteAsync(
        Officer officer,
        DeskLetter letter,
        CancellationToken cancellation
    )
    {
        var link = await links.FindAsync(letter.Partner, cancellation);
        var mark = await marking.MarkAsync(letter.Rank, cancellation);
        var disclosure = new Disclosure
        {
            Act = DisclosureAct.Send,
            Officer = officer,
            Kind = letter.Kind,
            Partner = letter.Partner,
            Link = link,
            Profile = link is null ? null : profiles.Find(link.Settings.ProfileId, link.Settings.ProfileVersion),
            Domain = letter.Domain,
            Purpose = letter.Purpose,
            Basis = letter.Basis?.Id,
            InForce = letter.Basis is { } basis ? [basis] : [],
            AnsweredBasis = letter.RestsOn,
            Rank = letter.Rank,
            Marking = mark,
        };
        var decision = await guard.DecideAsync(disclosure, cancellation);
        if (!decision.Allowed || link is null)
        {
            await decisions.RecordAsync(Objection.To(disclosure, decision, letter.Object), cancellation);
            return (null, decision);
        }

        return (Message(officer, letter, link, mark), decision);
    }

    public Task<long> PostAsync(Transaction t, Message message, string actor, CancellationToken cancellation) =>
        outbox.EnqueueAsync(
            t,
            message,
            // Somebody waits for the next turn of a text; reports have time.
            message.Kind
                is Kinds.Proposal
                    or Kinds.Adoption
                ? 2
                : 3,
            actor,
            cancellation
        );

    private Message Message(Officer officer, DeskLetter letter, Link link, Classification mark) =>
        new()
        {
            Id = Guid.Parse(ids.New()),
            Kind = letter.Kind,
            From = new Address(officer.Unit, NodeId.Parse(options.Node)),
            To = new Address(DeskUnit, NodeId.Parse(letter.Partner)),
            Case = Guid.Parse(letter.Case),
            Sent = letter.At ?? WireTime.Round(clock.GetUtcNow()),
            Subject = letter.Subject,
            Language = letter.Language,
            Profile = new ProfileReference(link.Settings.ProfileId, link.Settings.ProfileVersion),
            Classification = mark,
            Purpose = letter.Purpose,
            Basis = letter.Basis is { } basis ? RequestMessages.Basis(basis) : null,
            Serves = letter.Serves.Count == 0 ? null : [.. letter.Serves.Select(Guid.Parse)],
            Body = letter.Body,
        };
}

/// <summary>What a desk has to say, before it is judged and marked.</summary>
internal sealed record DeskLetter
{
    /// <summary>Of the message: `proposal`, `adoption`, `progress`, `activity`.</summary>
    public required string Kind { get; init; }
    public required string Partner { get; init; }

    /// <summary>The text's or the activity's id.</summary>
    public required string Case { get; init; }

    /// <summary>As in the ledger, should the guard stand against it: `text:0192…`.</summary>
    public required string Object { get; init; }
    public required string Subject { get; init; }
    public string Language { get; init; } = "fr";
    public required int Rank { get; init; }
    public required JsonElement Body { get; init; }

    /// <summary>Null for now.</summary>
    public DateTimeOffset? At { get; init; }
    public string? Domain { get; init; }
    public string? Purpose { get; init; }

    /// <summary>The instrument in force that it names as its basis.</summary>
    public BasisChoice? Basis { get; init; }

    /// <summary>The basis of what it speaks of, where that was named before.</summary>
    public string? RestsOn { get; init; }

    /// <summary>Commitments.</summary>
    public IReadOnlyList<string> Serves { get; init; } = [];
}
