using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange.Sums;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange.Deadlines;

/// <summary>Keeps the clocks of requests in step with the messages that move them.</summary>
internal sealed class ClockKeeper(LegalClock legalClock, ExchangeLive live)
{
    /// <summary>A message that moves the clock was received, or is on its way and will count from its receipt.</summary>
    public async Task TakeAsync(
        Transaction transaction,
        RequestRow row,
        ClockEvent moved,
        CancellationToken cancellation
    )
    {
        await ClockRows.InsertAsync(transaction, moved, cancellation);
        if (moved.At is not null)
        {
            await RefreshAsync(transaction, row, cancellation);
        }

        live.Changed(transaction, row);
    }

    /// <summary>The receipts of requests of ours are here: their clocks start, and what moved them meanwhile counts.</summary>
    public async Task StartAsync(
        Transaction transaction,
        IReadOnlyList<(RequestRow Row, DateTimeOffset At)> requests,
        CancellationToken cancellation
    )
    {
        await RequestRows.DeliveredAsync(
            transaction,
            [.. requests.Select(r => (r.Row.Id, r.At, legalClock.Read(r.Row, r.At, [])))],
            cancellation
        );
        var moved = await ClockRows.MovedAsync(transaction, [.. requests.Select(r => r.Row.Id)], cancellation);
        foreach (var (row, at) in requests.Where(r => moved.Contains(r.Row.Id)))
        {
            await RefreshAsync(transaction, row with { Received = at }, cancellation);
        }
    }

    /// <summary>Receipts for messages of ours that move clocks.</summary>
    public async Task DeliveredAsync(
        Transaction transaction,
        IReadOnlyList<DeliveredMessage> messages,
        CancellationToken cancellation
    )
    {
        var moves = await ClockRows.AmongAsync(transaction, [.. messages.Select(m => m.Id)], cancellation);
        foreach (var moved in moves)
        {
            var message = messages.First(m => m.Id == moved.Id);
            await (
                message.RejectedReason is null
                    ? ClockRows.ReceiptedAsync(transaction, moved.Id, message.At, cancellation)
                    : ClockRows.DeleteAsync(transaction, moved.Id, cancellation)
            );
            if (await RequestRows.FindAsync(transaction, moved.RequestId, cancellation) is { } row)
            {
                await RefreshAsync(transaction, row, cancellation);
                live.Changed(transaction, row);
            }
        }
    }

    private async Task RefreshAsync(Transaction transaction, RequestRow row, CancellationToken cancellation)
    {
        if (row.Received is not { } received)
        {
            return; // Its receipt is still on its way; the clock starts with it.
        }

        var events = await ClockRows.OfAsync(transaction, row.Id, cancellation);
        if (legalClock.Read(row, received, events) is { } reading)
        {
            await ClockRows.SetAsync(transaction, row.Id, reading, cancellation);
            await StaleDays.MarkAsync(transaction, row.Id, cancellation); // It may be answered already.
        }
    }
}
