using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Features.Recovery;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Carrier;

/// <summary>
/// Takes a file that was carried here: messages as if they had come by wire, with the receipts written to a file to carry
/// back; such receipts, which settle what we sent; or what a restored node asks, is given and declares. Each line is durable before the next is read, so a file that was cut
/// off, or is imported twice, goes on where it stopped.
/// </summary>
internal sealed class CarrierImport(
    Database database,
    LinkDirectory links,
    RecoveryBook recovery,
    Receiver receiver,
    AttachmentFiles files,
    AttachmentDoor chunks,
    CarriedReceipts receipts,
    CarriedAnswer answer,
    CarriedRecovery carried,
    LedgerLog ledger,
    NodeOptions options,
    TimeProvider clock
)
{
    /// <param name="back">Where the receipts go, or whatever else is to be carried back.</param>
    /// <param name="advance">Told how much is read, from 0 to 1.</param>
    public async Task<CarrierTaken> RunAsync(
        string path,
        string back,
        Action<double> advance,
        CancellationToken cancellation
    )
    {
        using var lines = new CarrierLines(path);
        var first = await lines.NextAsync(cancellation);
        if (first is null || CarrierHeader.Parse(first.Value.Span) is not { } header)
        {
            return CarrierTaken.Nothing(
                new NotACarrierFile("its first line does not say from whom and to whom it is.")
            );
        }

        if (header.To != options.Node)
        {
            return CarrierTaken.Nothing(new ForAnotherNode(header.To));
        }

        var partner = await links.FindPartnerAsync(header.From, cancellation);
        if (partner is not { Link.State: LinkState.Active })
        {
            return CarrierTaken.Nothing(new NoActiveLink(header.From));
        }

        // A node that recovers takes what brings it back, and gives what it has.
        if (
            header.Type is CarrierHeader.Messages or CarrierHeader.ReceiptFile
            && await recovery.IsRecoveringAsync(partner.Partner, cancellation)
        )
        {
            return CarrierTaken.Nothing(new Recovering(partner.Partner));
        }

        var taken = new CarrierTaken(header);
        switch (header.Type)
        {
            case CarrierHeader.Messages:
                await MessagesAsync(partner, lines, taken, back, advance, cancellation);
                break;
            case CarrierHeader.ReceiptFile:
                await receipts.SettleAsync(partner, lines, taken, advance, cancellation);
                break;
            case CarrierHeader.Question:
                await answer.WriteAsync(partner, lines, taken, back, cancellation);
                break;
            case CarrierHeader.Answer:
                await carried.TakeAsync(partner, path, lines, taken, back, advance, cancellation);
                break;
            case CarrierHeader.Declaration:
                await carried.DeclaredAsync(partner, lines, taken, cancellation);
                break;
            default:
                return CarrierTaken.Nothing(new NotACarrierFile($"it is '{header.Type}'."));
        }

        await AccountAsync(partner, cancellation);
        return taken;
    }

    private async Task MessagesAsync(
        LinkedPartner partner,
        CarrierLines lines,
        CarrierTaken taken,
        string back,
        Action<double> advance,
        CancellationToken cancellation
    )
    {
        var header = new CarrierHeader(1, CarrierHeader.ReceiptFile, options.Node, partner.Partner, clock.GetUtcNow());
        await using var file = new CarrierWriter(back, header);
        while (taken.Fault is null && await lines.NextAsync(cancellation) is { } line)
        {
            taken.Fault = IsChunk(line)
                ? await ChunkAsync(partner, lines, line, taken, cancellation)
                : await EnvelopeAsync(partner, lines, line, taken, file, cancellation);
            advance(lines.Share);
        }

        taken.Conclude(lines.Number - 1);
        if (file.Header.Receipts > 0)
        {
            // Also after a fault: what was taken before it is receipted.
            await file.FinishAsync(cancellation);
            taken.ReceiptFile = back;
        }
    }

    private static bool IsChunk(ReadOnlyMemory<byte> line) => line.Span.StartsWith((byte)'{');

    private async Task<CarrierFault?> ChunkAsync(
        LinkedPartner partner,
        CarrierLines lines,
        ReadOnlyMemory<byte> line,
        CarrierTaken taken,
        CancellationToken cancellation
    )
    {
        if (ChunkLine.Parse(line.Span) is not { } chunk || chunk.Chunk >= AttachmentDoor.MostChunks)
        {
            return new Damaged(lines.Number, "it is no chunk of a file.");
        }

        var bytes = chunk.Bytes();
        if (bytes.Length > AttachmentDoor.MostBytes)
        {
            return new Damaged(lines.Number, "the chunk is too long.");
        }

        // One that is here already, from a file cut off or from the wire, is not written again.
        if (
            !files.Has(partner.Partner, chunk.Attachment, chunk.Chunk)
            && !await chunks.TakeAsync(partner.Partner, chunk.Attachment, chunk.Chunk, bytes, cancellation)
        )
        {
            return new QuotaFilled();
        }

        taken.Chunks++;
        return null;
    }

    private async Task<CarrierFault?> EnvelopeAsync(
        LinkedPartner partner,
        CarrierLines lines,
        ReadOnlyMemory<byte> line,
        CarrierTaken taken,
        CarrierWriter file,
        CancellationToken cancellation
    )
    {
        var outcome = await receiver.TakeAsync(partner, line, cancellation);
        if (outcome.Receipt is { } receipt)
        {
            await file.ReceiptAsync(receipt, cancellation);
            taken.Envelopes++;
            return null;
        }

        return outcome.Refusal switch
        {
            SequenceGap gap => new EarlierMissing(gap.Expected),
            AttachmentsMissing missing => new FilesLacking(missing.Ids.Count),
            HistoryForked => new Forked(),
            EnvelopeRefused { Refusal.Reason: Reason.BadEnvelope or Reason.TooLarge } refused => new Damaged(
                lines.Number,
                refused.Detail
            ),
            { } refused => new EnvelopeNotTaken(lines.Number, refused.Code, refused.Detail),
            null => throw new InvalidOperationException("Neither receipt nor refusal."),
        };
    }

    private Task AccountAsync(LinkedPartner partner, CancellationToken cancellation)
    {
        var carried = new LedgerEvent(
            Officer.NodeActor,
            LedgerAction.Administer,
            $"link:{partner.Partner}",
            "carried-in",
            Link: partner.Partner
        );
        return database.WriteAsync(t => ledger.AppendAsync(t, carried, cancellation), cancellation);
    }
}
