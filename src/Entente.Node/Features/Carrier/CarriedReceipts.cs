using System.Text;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Protocol;

namespace Entente.Node.Features.Carrier;

/// <summary>Receipts that came back by hand: each settles its envelope as if it had been the answer on the wire.</summary>
internal sealed class CarriedReceipts(CarriedEnvelopes envelopes, Settlement settlement)
{
    public async Task SettleAsync(
        LinkedPartner partner,
        CarrierLines lines,
        CarrierTaken taken,
        Action<double> advance,
        CancellationToken cancellation
    )
    {
        while (taken.Fault is null && await lines.NextAsync(cancellation) is { } line)
        {
            taken.Fault = await SettleAsync(partner, lines.Number, line, taken, cancellation);
            advance(lines.Share);
        }

        taken.Conclude(lines.Number - 1);
    }

    private async Task<CarrierFault?> SettleAsync(
        LinkedPartner partner,
        long number,
        ReadOnlyMemory<byte> line,
        CarrierTaken taken,
        CancellationToken cancellation
    )
    {
        var jws = Encoding.ASCII.GetString(line.Span);
        // Read before it is believed: a line that a bad medium broke is no lie of the partner's.
        var receipt = Receipt.Open(jws, partner.Keys.Signing);
        if (!receipt.Ok)
        {
            return new Damaged(number, receipt.Refusal.Detail);
        }

        var envelope = await envelopes.OfReceiptAsync(partner.Partner, receipt.Value.Envelope, cancellation);
        if (envelope is null)
        {
            return new ReceiptNotTaken(number, "it is for an envelope that this node never sent.");
        }

        if (envelope.Jwe.Length == 0)
        {
            taken.Known++;
            return null;
        }

        var answer = new PostOutcome.Receipted(jws, receipt.Value.At, receipt.Value.At) { Carried = true };
        if (await settlement.SettleAsync(partner, envelope, answer, cancellation) is { } refusal)
        {
            return new ReceiptNotTaken(number, refusal.Detail);
        }

        taken.Receipts++;
        return null;
    }
}
