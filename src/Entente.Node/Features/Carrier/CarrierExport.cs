using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Features.Recovery;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Carrier;

/// <summary>
/// Writes what a partner has not receipted into a file to be carried there. What waits is sealed for it exactly as for the
/// wire, so both may be used at once: the second copy of an envelope is a duplicate.
/// </summary>
internal sealed class CarrierExport(
    Database database,
    LinkDirectory links,
    Sealer sealer,
    RecoveryBook recovery,
    CarriedEnvelopes envelopes,
    CarriedFiles files,
    AttachmentFiles chunks,
    LedgerLog ledger,
    NodeOptions options,
    TimeProvider clock
)
{
    /// <param name="advance">Told how much is written, from 0 to 1.</param>
    public async Task<CarrierWritten> RunAsync(
        string partner,
        string path,
        Action<double> advance,
        CancellationToken cancellation
    )
    {
        var linked = await links.FindPartnerAsync(partner, cancellation);
        if (linked is not { Link.State: LinkState.Active })
        {
            return new CarrierWritten(null, new NoActiveLink(partner));
        }

        // It may have sealed what it no longer knows: other envelopes in their places would be a fork.
        if (await recovery.IsRecoveringAsync(partner, cancellation))
        {
            return new CarrierWritten(null, new Recovering(partner));
        }

        // Files first: a message whose files are taken along need not wait for the wire any more.
        var along = await files.TakeAlongAsync(partner, cancellation);
        while (await sealer.SealNextAsync(linked, least: 1, cancellation) is not null)
        {
            // Until nothing waits.
        }

        var firsts = await envelopes.UnreceiptedAsync(partner, cancellation);
        var header = new CarrierHeader(1, CarrierHeader.Messages, options.Node, partner, clock.GetUtcNow());
        if (firsts.Count == 0)
        {
            return new CarrierWritten(header, null);
        }

        await using var file = new CarrierWriter(path, header);
        var all = along.Sum(f => f.Chunks) + firsts.Count;
        foreach (var one in along)
        {
            for (var number = 0L; number < one.Chunks; number++)
            {
                var id = Guid.Parse(one.Id);
                var bytes = await File.ReadAllBytesAsync(
                    chunks.PathOf(AttachmentFiles.Outgoing, id, number),
                    cancellation
                );
                await file.ChunkAsync(id, number, bytes, cancellation);
                advance((double)file.Header.Lines / all);
            }
        }

        foreach (var first in firsts)
        {
            if (await envelopes.FindAsync(partner, first, cancellation) is { } envelope)
            {
                await file.EnvelopeAsync(envelope.Jwe, cancellation);
            }

            advance((double)file.Header.Lines / all);
        }

        await file.FinishAsync(cancellation);
        var carried = new LedgerEvent(
            Officer.NodeActor,
            LedgerAction.Administer,
            $"link:{partner}",
            "carried-out",
            Link: partner
        );
        await database.WriteAsync(t => ledger.AppendAsync(t, carried, cancellation), cancellation);
        return new CarrierWritten(file.Header, null);
    }
}

/// <param name="Header">What was written; without lines, and without a file, when nothing waits.</param>
internal sealed record CarrierWritten(CarrierHeader? Header, CarrierFault? Fault);
