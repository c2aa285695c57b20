using System.Text;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Features.Recovery;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Features.Carrier;

/// <summary>
/// Recovery over an air gap: a question is carried to the partner, its answer back, and, where the ledger was lost too, our
/// declaration there. What is asked, believed and kept is as by wire.
/// </summary>
internal sealed class CarriedRecovery(
    Database database,
    LinkDirectory links,
    RecoveryRound round,
    Restorations restorations,
    NodeKeys keys,
    NodeOptions options,
    TimeProvider clock
)
{
    /// <summary>Writes the question for a partner.</summary>
    public async Task<CarrierWritten> AskAsync(string partner, string path, CancellationToken cancellation)
    {
        var linked = await links.FindPartnerAsync(partner, cancellation);
        if (linked is not { Link.State: LinkState.Active })
        {
            return new CarrierWritten(null, new NoActiveLink(partner));
        }

        var now = clock.GetUtcNow();
        var question = await database.ReadAsync(
            async c => new RecoveryQuestion(
                1,
                options.Node,
                partner,
                Protocol.WireTime.Round(now),
                await RecoveryRound.NextAsync(c, partner, MessageDirection.Out, cancellation),
                await RecoveryRound.NextAsync(c, partner, MessageDirection.In, cancellation)
            ),
            cancellation
        );
        var header = Header(CarrierHeader.Question, partner);
        await using var file = new CarrierWriter(path, header);
        await file.StatementAsync(Encoding.ASCII.GetBytes(question.Sign(keys.Signing)), cancellation);
        await file.FinishAsync(cancellation);
        return new CarrierWritten(file.Header, null);
    }

    /// <summary>Takes a partner's answer, and writes the declaration to be carried back where one is needed.</summary>
    public async Task TakeAsync(
        LinkedPartner partner,
        string path,
        CarrierLines lines,
        CarrierTaken taken,
        string back,
        Action<double> advance,
        CancellationToken cancellation
    )
    {
        var memory = await CarriedMemory.ReadAsync(path, lines, taken, advance, cancellation);
        if (taken.Fault is not null)
        {
            return;
        }

        if (await round.RunAsync(partner, memory, cancellation) is { } failure)
        {
            taken.Fault = new NotRecovered(failure);
            return;
        }

        taken.Envelopes = memory.Envelopes;
        if (memory.Declaration is { } jws)
        {
            await using var file = new CarrierWriter(back, Header(CarrierHeader.Declaration, partner.Partner));
            await file.StatementAsync(Encoding.ASCII.GetBytes(jws), cancellation);
            await file.FinishAsync(cancellation);
            taken.ReceiptFile = back;
        }
    }

    /// <summary>A partner's word that its ledger was lost and goes on from an older state.</summary>
    public async Task DeclaredAsync(
        LinkedPartner partner,
        CarrierLines lines,
        CarrierTaken taken,
        CancellationToken cancellation
    )
    {
        var line = await lines.NextAsync(cancellation);
        var jws = line is null ? "" : Encoding.ASCII.GetString(line.Value.Span);
        taken.Conclude(lines.Number - 1);
        if (taken.Fault is null && !await restorations.TakeAsync(partner, jws, cancellation))
        {
            taken.Fault = new DeclarationNotTaken();
        }
    }

    private CarrierHeader Header(string type, string partner) => new(1, type, options.Node, partner, clock.GetUtcNow());
}
