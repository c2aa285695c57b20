using Entente.Node.Features.Audit;
using Entente.Node.Features.Links;
using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>Brings one envelope to the partner and does what follows from the answer.</summary>
internal sealed class EnvelopePost(
    Database database,
    PartnerDoor door,
    Settlement settlement,
    AttachmentUpload upload,
    ForkAlarm forks,
    Alarms alarms,
    ILogger<EnvelopePost> log
)
{
    /// <param name="oldest">No other envelope without a receipt left before it.</param>
    public async Task<CourierStep> SendAsync(
        LinkedPartner partner,
        OutgoingEnvelope envelope,
        bool oldest,
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
                return await GapAsync(partner, envelope, gap.Expected, oldest, cancellation);
            case PostOutcome.FilesMissing missing:
                await upload.AgainAsync(partner, missing.Ids, cancellation);
                return CourierStep.Failed("attachments"); // When they are there, the courier is woken.
            case PostOutcome.Failed failed:
                return CourierStep.Failed(failed.Failure, failed.After);
            default:
                throw new InvalidOperationException($"No such outcome: {answer}");
        }
    }

    /// <summary>
    /// Behind an envelope that failed, a gap is to be expected. The oldest without a receipt has none before it: the
    /// partner has lost messages that it had receipted, and people must speak to each other.
    /// </summary>
    private async Task<CourierStep> GapAsync(
        LinkedPartner partner,
        OutgoingEnvelope envelope,
        long expected,
        bool oldest,
        CancellationToken cancellation
    )
    {
        if (oldest && expected < envelope.First)
        {
            await database.WriteAsync(
                t => alarms.RaiseAsync(t, AlarmKind.LinkGap, partner.Partner, $"expected:{expected}", cancellation),
                cancellation
            );
        }

        return CourierStep.Failed("gap");
    }
}
