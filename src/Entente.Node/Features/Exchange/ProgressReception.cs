using Entente.Node.Features.Exchange.Deadlines;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>What a partner says about a request, its own or ours.</summary>
internal sealed class ProgressReception(ClockKeeper clocks, ExchangeLive live)
{
    private static readonly string Policy = Reason.Policy.Code();

    /// <returns>The wire's reason where this node does not take it.</returns>
    public async Task<string?> AcceptAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        var body = message.AsProgress();
        var row = body.Ok ? await RequestRows.FindAsync(transaction, body.Value.Of.ToString(), cancellation) : null;
        if (
            row is null
            || row.Partner != message.From.Node.ToString()
            || row.CaseId != message.Case.ToString() // Elsewhere nobody would find what it asks.
        )
        {
            return Policy;
        }

        var (move, allowed) = ClockWire.Of(body.Value!, byAsked: !row.Incoming); // A row was found by it.
        if (!allowed)
        {
            return Policy;
        }

        if (move is not null)
        {
            var moved = ClockWire.Event(message, body.Value!, "in", move) with { At = receivedAt };
            await clocks.TakeAsync(transaction, row, moved, cancellation);
            return null;
        }

        await KeepAsync(transaction, row, body.Value! with { At = Moment(row, body.Value!, receivedAt) }, cancellation);
        live.Changed(transaction, row);
        return null;
    }

    /// <summary>Nobody took a request before it was sent, or later than they say so; clocks that differ are no reason to refuse.</summary>
    private static DateTimeOffset Moment(RequestRow row, ProgressBody body, DateTimeOffset receivedAt) =>
        body.At > receivedAt ? receivedAt
        : body.At < row.Sent ? row.Sent
        : body.At;

    private static Task<int> KeepAsync(
        Transaction transaction,
        RequestRow row,
        ProgressBody body,
        CancellationToken cancellation
    ) =>
        body.State switch
        {
            ProgressStates.Seen => RequestRows.SeenAsync(transaction, row, body.At, cancellation),
            ProgressStates.Taken => RequestRows.TakenAsync(transaction, row, body.At, by: null, cancellation),
            _ => Task.FromResult(0), // Shown in the thread as it is.
        };
}
