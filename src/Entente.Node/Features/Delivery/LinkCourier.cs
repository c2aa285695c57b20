using Entente.Node.Features.Audit;
using Entente.Node.Features.Links;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// One step of the way to a partner: what was sealed and has no receipt goes first, the same bytes; then what waits is
/// sealed and goes; then a chunk of a file; then the partner's ledger is checked.
/// </summary>
internal sealed class LinkCourier(
    Database database,
    Sealer sealer,
    PartnerDoor door,
    Settlement settlement,
    AttachmentUpload upload,
    ConsistencyCheck consistency,
    ForkAlarm forks,
    Alarms alarms,
    LedgerHealth ledger,
    ILogger<LinkCourier> log
)
{
    public async Task<CourierStep> StepAsync(LinkedPartner partner, CancellationToken cancellation)
    {
        if (!ledger.CanWrite)
        {
            return CourierStep.Failed("no-ledger");
        }

        var envelope = await database.ReadAsync(
            c => SealedRows.FirstUnreceiptedAsync(c, partner.Partner, cancellation),
            cancellation
        );
        envelope ??= await sealer.SealNextAsync(partner, cancellation);
        if (envelope is not null)
        {
            return await SendAsync(partner, envelope, cancellation);
        }

        return await upload.StepAsync(partner, cancellation) ?? await consistency.StepAsync(partner, cancellation);
    }

    private async Task<CourierStep> SendAsync(
        LinkedPartner partner,
        OutgoingEnvelope envelope,
        CancellationToken cancellation
    )
    {
        var answer = await door.PostAsync(partner, envelope.Jwe, cancellation);
        switch (answer)
        {
            case PostOutcome.Receipted receipted:
                // The answer is here: it is kept even if the node is told to stop.
                var refusal = await settlement.SettleAsync(partner, envelope, receipted, CancellationToken.None);
                if (refusal is null)
                {
                    Log.Delivered(log, envelope.Count, partner.Partner, envelope.First);
                }

                return refusal is null ? CourierStep.Progress : CourierStep.Failed($"receipt-{refusal.Code}");
            case PostOutcome.Fork:
                Log.Forked(log, partner.Partner, envelope.First);
                await forks.RaiseAsync(partner, $"out:{envelope.First}", cancellation);
                return CourierStep.Failed("fork");
            case PostOutcome.Gap gap:
                return await GapAsync(partner, envelope, gap.Expected, cancellation);
            case PostOutcome.FilesMissing missing:
                await upload.AgainAsync(partner, missing.Ids, cancellation);
                return await upload.StepAsync(partner, cancellation) ?? CourierStep.Failed("attachments");
            case PostOutcome.Failed failed:
                return CourierStep.Failed(failed.Failure, failed.After);
            default:
                throw new InvalidOperationException($"No such outcome: {answer}");
        }
    }

    /// <summary>
    /// We send the oldest envelope without a receipt first, so a gap before it means that the partner has lost messages
    /// that it had receipted: people must speak to each other.
    /// </summary>
    private async Task<CourierStep> GapAsync(
        LinkedPartner partner,
        OutgoingEnvelope envelope,
        long expected,
        CancellationToken cancellation
    )
    {
        if (expected < envelope.First)
        {
            await database.WriteAsync(
                t => alarms.RaiseAsync(t, AlarmKind.LinkGap, partner.Partner, $"expected:{expected}", cancellation),
                cancellation
            );
        }

        return CourierStep.Failed("gap");
    }
}
