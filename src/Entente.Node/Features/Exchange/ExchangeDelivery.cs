using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange.Deadlines;
using Entente.Node.Features.Exchange.Sums;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>Starts the legal clock when the partner's receipt comes, and reopens what the partner did not take.</summary>
internal sealed class ExchangeDelivery(ClockKeeper clocks, ExchangeLive live) : IDeliveryWatcher
{
    public async Task DeliveredAsync(
        Transaction transaction,
        IReadOnlyList<DeliveredMessage> messages,
        CancellationToken cancellation
    )
    {
        var rows = await RequestRows.FindAsync(transaction, [.. messages.Select(m => m.Id)], cancellation);
        var requests = messages.Where(m => rows.ContainsKey(m.Id)).Select(m => (Message: m, Row: rows[m.Id])).ToList();
        foreach (var (message, row) in requests)
        {
            if (message.RejectedReason is { } reason)
            {
                await RequestRows.RejectedAsync(transaction, message.Id, reason, cancellation);
                await StaleDays.MarkAsync(transaction, row.Id, cancellation);
            }
            else if (row.AnsweredAt is not null)
            {
                await StaleDays.MarkAsync(transaction, row.Id, cancellation); // The answer was quicker than the receipt.
            }

            live.Changed(transaction, row);
        }

        var taken = requests.Where(r => r.Message.RejectedReason is null).Select(r => (r.Row, r.Message.At));
        await clocks.StartAsync(transaction, [.. taken], cancellation);
        IReadOnlyList<DeliveredMessage> others = [.. messages.Where(m => !rows.ContainsKey(m.Id))];
        await AnswersAsync(transaction, others, cancellation);
        await clocks.DeliveredAsync(transaction, others, cancellation);
        await PermissionBook.DeliveredAsync(transaction, others, cancellation);
    }

    /// <summary>An answer counts from the asker's receipt, on both sides; one that was not taken is no answer.</summary>
    private static async Task AnswersAsync(
        Transaction transaction,
        IReadOnlyList<DeliveredMessage> messages,
        CancellationToken cancellation
    )
    {
        // Not as a literal: PostgreSQL would take an index of the inbox, whose condition it is, for one of the answer.
        const string In = "in";
        const string rejected = """
            UPDATE request SET answered_at = NULL, answer_id = NULL, outcome = NULL, ground = NULL, state = 'taken',
                open = TRUE
            WHERE answer_id = @Id AND direction = @In
            """;
        const string part = """
            UPDATE request SET partial_id = NULL, state = 'taken'
            WHERE partial_id = @Id AND direction = @In AND answered_at IS NULL
            """;
        const string answered = "SELECT id FROM request WHERE answer_id = @Id AND direction = @In";
        foreach (var message in messages.Where(m => m.RejectedReason is not null))
        {
            if (await transaction.OneAsync<string>(answered, new { message.Id, In }, cancellation) is { } request)
            {
                await StaleDays.MarkAsync(transaction, request, cancellation);
            }

            await transaction.RunAsync(rejected, new { message.Id, In }, cancellation);
            await transaction.RunAsync(part, new { message.Id, In }, cancellation);
        }

        // A receipt gives all its messages the same time.
        var dialect = new Dialect(transaction.Engine);
        // What tells nothing arrives late; its officers saw what they wrote arrive before.
        var delivered = $"""
            UPDATE request SET answered_at = @At WHERE answer_id {dialect.AmongMany} AND direction = @In
                AND NOT EXISTS (SELECT 1 FROM kept_draft d WHERE d.message = request.answer_id)
            """;
        foreach (var taken in messages.Where(m => m.RejectedReason is null).GroupBy(m => m.At))
        {
            string[] ids = [.. taken.Select(m => m.Id)];
            var with = new
            {
                At = taken.Key,
                Ids = dialect.Many(ids),
                In,
            };
            if (await transaction.RunAsync(delivered, with, cancellation) > 0)
            {
                await StaleDays.MarkLateAsync(transaction, ids, taken.Key, cancellation);
            }
        }
    }
}
