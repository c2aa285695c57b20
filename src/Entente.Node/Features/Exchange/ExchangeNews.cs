using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Node.Web.Live;

namespace Entente.Node.Features.Exchange;

/// <summary>Tells open pages that a message came or a receipt did; they ask again for what their reader may see.</summary>
internal sealed class ExchangeNews(LiveEvents live) : IReception, IDeliveryWatcher
{
    // The values of `data-live` in the exchange's pages.
    private static readonly string[] Received = ["inbox", "places", "case", "state"];
    private static readonly string[] Delivered = ["outbox", "case", "state"];

    public Task AcceptAsync(
        Transaction transaction,
        IReadOnlyList<IncomingMessage> messages,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        if (messages.Count > 0)
        {
            transaction.AfterCommit(() => Tell(Received));
        }

        return Task.CompletedTask;
    }

    public Task DeliveredAsync(
        Transaction transaction,
        IReadOnlyList<DeliveredMessage> messages,
        CancellationToken cancellation
    )
    {
        transaction.AfterCommit(() => Tell(Delivered));
        return Task.CompletedTask;
    }

    // To everybody: supervisors see all units, and an event says nothing but "look again".
    private void Tell(string[] parts)
    {
        foreach (var part in parts)
        {
            live.Publish(LiveTopic.Node, part);
        }
    }
}
