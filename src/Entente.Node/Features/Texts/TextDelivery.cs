using Entente.Node.Features.Delivery;
using Entente.Node.Storage;

namespace Entente.Node.Features.Texts;

/// <summary>A turn that the partner did not take never was: the text goes back to what both have.</summary>
internal sealed class TextDelivery(TextProjector projector, TimeProvider clock) : IDeliveryWatcher
{
    public async Task DeliveredAsync(
        Transaction transaction,
        IReadOnlyList<DeliveredMessage> messages,
        CancellationToken cancellation
    )
    {
        const string sql = "SELECT case_id FROM message WHERE id = @Id AND kind IN ('proposal', 'adoption')";
        foreach (var rejected in messages.Where(m => m.RejectedReason is not null))
        {
            if (await transaction.OneAsync<string>(sql, new { rejected.Id }, cancellation) is { } text)
            {
                await TextRows.TouchAsync(transaction, text, 0, clock.GetUtcNow(), cancellation);
                transaction.AfterCommit(() => projector.Wake(text));
            }
        }
    }
}
