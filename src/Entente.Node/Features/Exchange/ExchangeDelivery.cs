using Entente.Node.Features.Delivery;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>Starts the legal clock when the partner's receipt comes, and reopens what the partner did not take.</summary>
internal sealed class ExchangeDelivery(LegalClock legalClock, ExchangeLive live) : IDeliveryWatcher
{
    public async Task DeliveredAsync(
        Transaction transaction,
        IReadOnlyList<DeliveredMessage> messages,
        CancellationToken cancellation
    )
    {
        var rows = await RequestRows.FindAsync(transaction, [.. messages.Select(m => m.Id)], cancellation);
        foreach (var message in messages)
        {
            await DeliveredAsync(transaction, message, rows.GetValueOrDefault(message.Id), cancellation);
        }
    }

    private async Task DeliveredAsync(
        Transaction transaction,
        DeliveredMessage message,
        RequestRow? row,
        CancellationToken cancellation
    )
    {
        var (messageId, at, rejectedReason) = message;
        if (row is null)
        {
            await AnswerAsync(transaction, messageId, at, rejectedReason, cancellation);
        }
        else if (rejectedReason is not null)
        {
            await RequestRows.RejectedAsync(transaction, messageId, rejectedReason, cancellation);
            live.Changed(transaction, row);
        }
        else
        {
            var due = legalClock.Due(row.ProfileId, row.ProfileVersion, row.Urgency, at);
            await RequestRows.DeliveredAsync(transaction, messageId, at, due, cancellation);
            live.Changed(transaction, row);
        }
    }

    /// <summary>An answer counts from the asker's receipt, on both sides; one that was not taken is no answer.</summary>
    private static Task<int> AnswerAsync(
        Transaction transaction,
        string messageId,
        DateTimeOffset at,
        string? rejectedReason,
        CancellationToken cancellation
    )
    {
        const string delivered = "UPDATE request SET answered_at = @At WHERE answer_id = @Id AND direction = 'in'";
        const string rejected = """
            UPDATE request SET answered_at = NULL, answer_id = NULL, outcome = NULL, ground = NULL, state = 'taken',
                open = TRUE
            WHERE answer_id = @Id AND direction = 'in'
            """;
        return transaction.RunAsync(
            rejectedReason is null ? delivered : rejected,
            new { Id = messageId, At = at },
            cancellation
        );
    }
}
