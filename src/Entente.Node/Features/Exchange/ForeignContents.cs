using Entente.Node.Features.Delivery;
using Entente.Node.Guard;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>What passing a received message on would carry of others' information.</summary>
internal sealed class ForeignContents(PermissionBook permissions, UseFacts facts, MessageStore messages)
{
    /// <param name="purpose">For what it would be used.</param>
    public async Task<IReadOnlyList<ForeignContent>> OfAsync(
        OpenedMessage received,
        string to,
        string? purpose,
        CancellationToken cancellation
    )
    {
        var contents = new List<ForeignContent>();
        var (giver, id) = (received.Stored.Partner, received.Stored.Id);
        var another = purpose is not null && await permissions.PurposeGrantedAsync(giver, id, purpose, cancellation);
        var given = await PurposeAsync(received, cancellation);
        var fact = (await facts.OfAsync([received.Stored.Id], cancellation)).SingleOrDefault();
        foreach (var origin in Origins(received.Message))
        {
            contents.Add(
                new ForeignContent(
                    received.Stored.Id,
                    origin.Node,
                    received.Stored.Partner,
                    await HandlingAsync(received, origin, cancellation),
                    await PermittedAsync(received, origin, to, cancellation)
                )
                {
                    Rank = received.Message.Classification.Rank,
                    Tlp = fact?.Tlp,
                    Pap = fact?.Pap,
                    Purpose = given,
                    PurposePermitted = another,
                    Quarantined = fact?.Quarantine is not null,
                    Restricted = fact?.Restricted == true,
                    NamedRecipients = [received.Stored.ToUnit],
                }
            );
        }

        return contents;
    }

    /// <summary>What evidence of a message, received or sent, would carry of others' information out of this node.</summary>
    /// <param name="self">This node: a permission that names it as the destination is one to prove.</param>
    public async Task<IReadOnlyList<ForeignContent>> ProvenAsync(
        OpenedMessage message,
        string self,
        CancellationToken cancellation
    )
    {
        if (message.Stored.Direction == MessageDirection.In)
        {
            return await OfAsync(message, self, purpose: null, cancellation);
        }

        var contents = new List<ForeignContent>();
        foreach (var origin in Origins(message.Message).Where(origin => origin.Node != self))
        {
            var permitted = await permissions.GrantedAsync(origin.Node, origin.Message, self, cancellation);
            contents.Add(
                new ForeignContent(origin.Message, origin.Node, origin.Node, message.Message.Handling, permitted)
            );
        }

        return contents;
    }

    /// <summary>The sender's own information, or that of those it names.</summary>
    public static IReadOnlyList<OriginReference> Origins(Message received) =>
        received.Kind is Kinds.Information or Kinds.Alert && received.AsInformation()?.Origins is { Count: > 0 } origins
            ? origins
            : [new OriginReference(received.From.Node.ToString(), received.Id.ToString())];

    /// <summary>An answer that is classified lower than our request leaves the purpose to be read in the request.</summary>
    private async Task<string?> PurposeAsync(OpenedMessage received, CancellationToken cancellation)
    {
        if (received.Message is not { Purpose: null, Kind: Kinds.Answer, ReplyTo: { } request })
        {
            return received.Message.Purpose;
        }

        var asked = await messages.OpenAsync(request.ToString(), cancellation);
        return asked?.Stored.Partner == received.Stored.Partner ? asked.Message.Purpose : null;
    }

    /// <summary>The codes still in force: what the originator and the giver have both lifted binds no more.</summary>
    private async Task<IReadOnlyList<string>> HandlingAsync(
        OpenedMessage received,
        OriginReference origin,
        CancellationToken cancellation
    )
    {
        var lifted = await permissions.LiftedAsync(origin.Node, origin.Message, cancellation);
        if (lifted.Count > 0 && origin.Node != received.Stored.Partner)
        {
            var byGiver = await permissions.LiftedAsync(received.Stored.Partner, received.Stored.Id, cancellation);
            lifted = [.. lifted.Intersect(byGiver)];
        }

        return [.. received.Message.Handling.Except(lifted)];
    }

    // The originator's leave, and that of the node we have it from where that is another.
    private async Task<bool> PermittedAsync(
        OpenedMessage received,
        OriginReference origin,
        string to,
        CancellationToken cancellation
    ) =>
        await permissions.GrantedAsync(origin.Node, origin.Message, to, cancellation)
        && (
            origin.Node == received.Stored.Partner
            || await permissions.GrantedAsync(received.Stored.Partner, received.Stored.Id, to, cancellation)
        );
}
