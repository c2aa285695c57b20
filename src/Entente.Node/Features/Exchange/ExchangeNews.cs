using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Node.Web.Live;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>Tells open pages that a message came or a receipt did; they ask again for what their reader may see.</summary>
internal sealed class ExchangeNews(LiveEvents live) : IReception, IDeliveryWatcher
{
    // The values of `data-live` in the exchange's pages.
    private static readonly string[] Received = ["inbox", "case", "state"];
    private static readonly string[] Delivered = ["outbox", "case", "state"];

    public Task<string?> AcceptAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        transaction.AfterCommit(() => Tell(Received));
        return Task.FromResult<string?>(null);
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
