using System.Text;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Features.Recovery;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Features.Carrier;

/// <summary>Answers a partner that lost its memory and asks by hand: all that it does not remember, in one file.</summary>
internal sealed class CarriedAnswer(
    Database database,
    RecoveryShelf shelf,
    AttachmentFiles files,
    NodeOptions options,
    TimeProvider clock
)
{
    /// <param name="back">Where the answer goes.</param>
    public async Task WriteAsync(
        LinkedPartner partner,
        CarrierLines lines,
        CarrierTaken taken,
        string back,
        CancellationToken cancellation
    )
    {
        var line = await lines.NextAsync(cancellation);
        var jws = line is null ? "" : Encoding.ASCII.GetString(line.Value.Span);
        taken.Conclude(lines.Number - 1);
        if (taken.Fault is not null)
        {
            return;
        }

        var question = RecoveryQuestion.Open(jws, partner.Keys.Signing);
        if (question is null || question.Node != partner.Partner || question.To != options.Node)
        {
            taken.Fault = new QuestionNotTaken();
            return;
        }

        var header = new CarrierHeader(1, CarrierHeader.Answer, options.Node, partner.Partner, clock.GetUtcNow());
        await using var file = new CarrierWriter(back, header);
        var standing = await shelf.StandingAsync(partner.Partner, cancellation);
        await file.StatementAsync(new ReturnedLine(null, 0, standing, null).ToJson(), cancellation);
        var sent = (MessageDirection.Out, question.Sent, standing.Sent);
        var received = (MessageDirection.In, question.Received, standing.Received);
        foreach (var (asked, first, end) in ((MessageDirection, long, long)[])[sent, received])
        {
            await GiveBackAsync(partner, file, asked, (first, end), cancellation);
        }

        await file.FinishAsync(cancellation);
        (taken.Envelopes, taken.Chunks) = (file.Header.Envelopes, file.Header.Chunks);
        taken.ReceiptFile = back;
    }

    /// <param name="asked">As the partner calls it: what it sent came in here.</param>
    private async Task GiveBackAsync(
        LinkedPartner partner,
        CarrierWriter file,
        MessageDirection asked,
        (long First, long End) range,
        CancellationToken cancellation
    )
    {
        var here = asked == MessageDirection.Out ? MessageDirection.In : MessageDirection.Out;
        var next = range.First;
        while (next < range.End && await shelf.FindAsync(partner, here, next, cancellation) is { } envelope)
        {
            var line = new ReturnedLine(ReturnedLine.Name(asked), next, null, envelope).ToJson();
            await file.EnvelopeAsync(line, cancellation);
            var end = next + envelope.Entries.Count;
            await ChunksAsync(partner, file, here, (next, end), cancellation);
            next = end;
        }
    }

    private async Task ChunksAsync(
        LinkedPartner partner,
        CarrierWriter file,
        MessageDirection here,
        (long First, long End) range,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT DISTINCT a.id, a.chunks FROM envelope_entry n
            JOIN attachment a ON a.message_id = n.id AND a.partner = n.partner AND a.direction = n.direction
            WHERE n.partner = @Partner AND n.direction = @Direction AND n.seq >= @First AND n.seq < @End
            """;
        var values = new
        {
            partner.Partner,
            Direction = MessageStore.Name(here),
            range.First,
            range.End,
        };
        var side = here == MessageDirection.In ? partner.Partner : AttachmentFiles.Outgoing;
        foreach (var one in await database.ReadAsync(c => c.ListAsync<Row>(sql, values, cancellation), cancellation))
        {
            var id = Guid.Parse(one.Id);
            for (var number = 0L; number < one.Chunks; number++)
            {
                if (files.Has(side, id, number))
                {
                    var bytes = await File.ReadAllBytesAsync(files.PathOf(side, id, number), cancellation);
                    await file.ChunkAsync(id, number, bytes, cancellation);
                }
            }
        }
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public required long Chunks { get; init; }
    }
}
