using Entente.Node.Features.Links;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// One step of the way to a partner: envelopes until none is left, several in flight at once; then the partner's ledger is
/// checked. Files go beside it: <see cref="UploadService"/>.
/// </summary>
internal sealed class LinkCourier(
    Sealer sealer,
    Database database,
    EnvelopePost post,
    CourierSignals signals,
    ConsistencyCheck consistency,
    LedgerHealth ledger
)
{
    /// <summary>Envelopes on their way at once: while one is on the line, the next is made and the last is settled.</summary>
    public const int Window = 4;

    // While others are in flight nobody is kept waiting by gathering a bigger envelope; it costs less a message.
    private const int WorthAnotherEnvelope = 64;

    public async Task<CourierStep> StepAsync(LinkedPartner partner, CancellationToken cancellation)
    {
        if (!ledger.CanWrite)
        {
            return CourierStep.Failed("no-ledger");
        }

        return await EnvelopesAsync(partner, cancellation) ?? await consistency.StepAsync(partner, cancellation);
    }

    /// <summary>
    /// What was sealed and has no receipt goes first, the same bytes; then what waits is sealed and goes. Null when there
    /// was nothing.
    /// </summary>
    private async Task<CourierStep?> EnvelopesAsync(LinkedPartner partner, CancellationToken cancellation)
    {
        var flight = new List<Task<CourierStep>>(Window);
        using var gathering = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task? more = null;
        CourierStep? last = null;
        long sent = 0;
        try
        {
            while (true)
            {
                while (last?.Failure is null && flight.Count < Window)
                {
                    var least = flight.Count == 0 ? 1 : WorthAnotherEnvelope;
                    if (await NextAsync(partner, sent, least, cancellation) is not { } envelope)
                    {
                        break;
                    }

                    sent = envelope.First;
                    flight.Add(post.SendAsync(partner, envelope, oldest: flight.Count == 0, cancellation));
                }

                if (flight.Count == 0)
                {
                    return last;
                }

                var landed = Task.WhenAny(flight);
                if (last?.Failure is null && flight.Count < Window)
                {
                    more ??= signals.For(partner.Partner).WorkAsync(Timeout.InfiniteTimeSpan, gathering.Token);
                    await Task.WhenAny(landed, more);
                    more = more.IsCompleted ? null : more;
                }

                last = await LandedAsync(flight, landed, last);
            }
        }
        finally
        {
            await gathering.CancelAsync();
            await ((Task)Task.WhenAll(flight)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<OutgoingEnvelope?> NextAsync(
        LinkedPartner partner,
        long sent,
        int least,
        CancellationToken cancellation
    ) =>
        await database.ReadAsync(c => SealedRows.UnreceiptedAsync(c, partner.Partner, sent, cancellation), cancellation)
        ?? await sealer.SealNextAsync(partner, least, cancellation);

    /// <summary>Takes those that are back out of the flight; the first failure stays, whatever those behind it say.</summary>
    private static async Task<CourierStep?> LandedAsync(List<Task<CourierStep>> flight, Task landed, CourierStep? last)
    {
        if (flight.Count == Window || last?.Failure is not null)
        {
            await landed;
        }

        foreach (var back in flight.Where(task => task.IsCompleted).ToList())
        {
            flight.Remove(back);
            var step = await back;
            last = last?.Failure is null ? step : last;
        }

        return last;
    }
}
