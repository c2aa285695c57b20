using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Turns what waits for a partner into the next envelope: the most urgent first, as much as one envelope holds. Once this
/// commits, its bytes and the messages' places in the sequence never change.
/// </summary>
internal sealed class Sealer(
    Database database,
    ContentSeal content,
    LedgerLog ledger,
    QuietLinks quiet,
    NodeKeys keys,
    NodeOptions options,
    TimeProvider clock
)
{
    private readonly NodeId _self = NodeId.Parse(options.Node);

    /// <param name="least">Fewer messages than this are left to wait for company.</param>
    /// <returns>Null when not so many wait.</returns>
    public async Task<OutgoingEnvelope?> SealNextAsync(
        LinkedPartner partner,
        int least,
        CancellationToken cancellation
    ) =>
        await database.ReadAsync(c => SealedRows.AreWaitingAsync(c, partner.Partner, least, cancellation), cancellation)
            ? await database.WriteAsync(t => SealAsync(t, partner, cancellation), cancellation)
            : null;

    private async Task<OutgoingEnvelope?> SealAsync(
        Transaction transaction,
        LinkedPartner partner,
        CancellationToken cancellation
    )
    {
        var chain = await Chain.LockAsync(transaction, partner.Partner, MessageDirection.Out, cancellation);
        var waiting = await SealedRows.WaitingAsync(transaction, partner.Partner, Envelope.MaxMessages, cancellation);
        var lines = Number(waiting, chain.Next);
        if (lines.Count == 0)
        {
            return null;
        }

        var at = WireTime.Round(clock.GetUtcNow());
        var envelope = Envelope.Seal(
            [.. lines.Select(line => (ReadOnlyMemory<byte>)line.Line)],
            _self,
            partner.Node,
            chain.Next,
            chain.Prev,
            at,
            keys.Signing,
            partner.Keys.Agreement
        );
        await SealedRows.InsertAsync(transaction, partner.Partner, chain, envelope, lines, at, cancellation);
        await chain.AdvanceAsync(transaction, lines.Count, envelope.Sha256, cancellation);
        if (!quiet.Is(partner.Partner))
        {
            var sealedLeaf = new LedgerEvent(
                Officer.NodeActor,
                LedgerAction.Disclose,
                $"envelope:{envelope.Sha256}",
                "sealed",
                envelope.Sha256.ToString(),
                partner.Partner
            );
            await ledger.AppendAsync(transaction, sealedLeaf, cancellation);
        }

        return new OutgoingEnvelope(chain.Next, lines.Count, envelope.Sha256, envelope.Jwe)
        {
            Entries =
            [
                .. lines.Select(line => new SentEntry
                {
                    Seq = line.Seq,
                    Id = line.Id,
                    Sha256 = line.Sha256.ToString(),
                }),
            ],
        };
    }

    /// <summary>Opens what waits, in order, until the envelope is full, and gives each line its seq.</summary>
    private List<NumberedLine> Number(IReadOnlyList<WaitingRow> waiting, long next)
    {
        var lines = new List<NumberedLine>(waiting.Count);
        var size = 0;
        foreach (var row in waiting)
        {
            var seq = next + lines.Count;
            var (line, rewritten) = Final(row, seq);
            size += line.Length + 1;
            if (size > Envelope.MaxContent)
            {
                break;
            }

            lines.Add(new NumberedLine(row.Id, seq, line, Hash.Of(line), rewritten));
        }

        return lines;
    }

    /// <returns>The line as it is sent, and what is stored instead of the queued one; null where that stays.</returns>
    private (byte[] Line, byte[]? Rewritten) Final(WaitingRow row, long seq)
    {
        var queued = content.Open(row.DataKey, row.Wrapped, row.Sealed);
        return FinalLine.LacksOnlySeq(queued)
            ? (FinalLine.Of(queued, seq), null)
            : content.Rewrite(new SealedContent(row.DataKey, row.Sealed), row.Wrapped, line => FinalLine.Of(line, seq));
    }
}
