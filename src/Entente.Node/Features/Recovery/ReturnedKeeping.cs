using Entente.Node.Features.Accounts;
using Entente.Node.Features.Backup;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Recovery;

/// <summary>
/// Makes a proven envelope ours again, in one transaction: chain → ledger → messages, entries, envelope → projections. The
/// rows are those that were lost, but for the leaves, which stand in the ledger that there is now.
/// </summary>
internal sealed class ReturnedKeeping(
    Database database,
    ContentSeal seal,
    LedgerLog ledger,
    QuietLinks quiet,
    Witness witness,
    MessageErasure erasure,
    IEnumerable<IReception> receptions,
    IEnumerable<IDeliveryWatcher> watchers,
    IEnumerable<IForgottenSending> sendings
)
{
    public const string Why = "recovered";

    /// <returns>False when it does not continue the chain as it stands here.</returns>
    public Task<bool> KeepAsync(
        LinkedPartner partner,
        MessageDirection direction,
        ProvenEnvelope envelope,
        CancellationToken cancellation
    ) =>
        database.WriteAsync(
            async t =>
            {
                var chain = await Chain.LockAsync(t, partner.Partner, direction, cancellation);
                if (chain.Next != envelope.Batch.First || chain.Prev != envelope.Batch.Prev)
                {
                    return false;
                }

                var leaf = await ledger.AppendAsync(t, Leaves(partner.Partner, direction, envelope), cancellation);
                var rows = new ReturnedRows(t, partner.Partner, direction, envelope, leaf);
                await rows.InsertEnvelopeAsync(cancellation);
                await KeepMessagesAsync(t, rows, cancellation);
                await (
                    direction == MessageDirection.Out
                        ? TellSentAsync(t, partner, envelope, cancellation)
                        : TellReceivedAsync(t, rows, envelope, cancellation)
                );
                await EraseAgainAsync(t, envelope, cancellation);
                await chain.AdvanceAsync(t, envelope.Lines.Count, envelope.Returned.Envelope, cancellation);
                var (sent, received) =
                    direction == MessageDirection.Out ? (envelope.Lines.Count, 0) : (0, envelope.Lines.Count);
                await RecoveryBook.CountAsync(t, partner.Partner, sent, received, cancellation);
                return true;
            },
            cancellation
        );

    /// <summary>
    /// What this node had erased before it was restored is erased in the transaction that brings it back: its row and what
    /// follows from it stand as they stood, and nobody can have read it meanwhile.
    /// </summary>
    private async Task EraseAgainAsync(Transaction t, ProvenEnvelope envelope, CancellationToken cancellation)
    {
        const string sql = "SELECT message FROM erased_since e WHERE e.message ";
        var with = new { Ids = envelope.Lines.Select(line => line.Id.ToString()).ToArray() };
        var erased = await t.ListAsync<string>(sql + new Dialect(t.Engine).AmongIds, with, cancellation);
        if (erased.Count > 0)
        {
            await erasure.EraseAsync(t, erased, ErasedSince.Why, Officer.NodeActor, cancellation);
        }
    }

    private List<LedgerEvent> Leaves(string partner, MessageDirection direction, ProvenEnvelope envelope)
    {
        var sent = direction == MessageDirection.Out;
        var (actor, action) = sent ? (Officer.NodeActor, LedgerAction.Disclose) : (partner, LedgerAction.Receive);
        var leaves = envelope
            .Lines.Select(l => new LedgerEvent(
                actor,
                action,
                $"message:{l.Id}",
                Why,
                l.Said.Sha256.ToString(),
                partner
            ))
            .ToList();
        if (sent && !quiet.Is(partner))
        {
            var receipt = Hash.OfText(envelope.Returned.Receipt).ToString();
            var of = $"envelope:{envelope.Returned.Envelope}";
            leaves.Add(new LedgerEvent(partner, LedgerAction.Receive, of, "receipt", receipt, partner));
        }

        return leaves;
    }

    private async Task KeepMessagesAsync(Transaction t, ReturnedRows rows, CancellationToken cancellation)
    {
        foreach (var (line, leaf) in rows.Lines)
        {
            if (line.Bytes is { } bytes)
            {
                await rows.KeepAsync(line, leaf, await seal.SealAsync(t, bytes, cancellation), cancellation);
            }
            else
            {
                await rows.MarkAsync(line, cancellation);
            }
        }
    }

    private async Task TellSentAsync(
        Transaction t,
        LinkedPartner partner,
        ProvenEnvelope envelope,
        CancellationToken cancellation
    )
    {
        foreach (var line in envelope.Lines)
        {
            foreach (var sending in line.Message is null ? [] : sendings)
            {
                await sending.SentAsync(t, line.Message!, envelope.Receipt.At, cancellation); // Not null in this loop.
            }
        }

        List<DeliveredMessage> delivered =
        [
            .. envelope.Lines.Select(l => new DeliveredMessage(
                l.Id.ToString(),
                envelope.Receipt.At,
                l.Said.Reason?.Code()
            )),
        ];
        foreach (var watcher in watchers)
        {
            await watcher.DeliveredAsync(t, delivered, cancellation);
        }

        var head = envelope.Receipt.TreeHead;
        await witness.SeeAsync(t, partner.Partner, head, envelope.Returned.Receipt, cancellation);
    }

    /// <summary>What was taken stays taken, whatever the rules say today: only the projections are made again.</summary>
    private async Task TellReceivedAsync(
        Transaction t,
        ReturnedRows rows,
        ProvenEnvelope envelope,
        CancellationToken cancellation
    )
    {
        KeptMessage[] kept =
        [
            .. rows
                .Lines.Where(l => l.Line is { Message: not null, Said.Status: not ReceiptStatus.Rejected })
                .Select(l => new KeptMessage(l.Line.Message!, l.Leaf)), // Not null: asked above.
        ];
        await AttachmentRows.HeldAsync(t, kept.Select(k => k.Message), cancellation);
        IncomingMessage[] incoming = [.. kept.Select(k => new IncomingMessage(k.Message, again: true))];
        foreach (var reception in receptions)
        {
            await reception.AcceptAsync(t, incoming, envelope.Receipt.At, cancellation);
            Array.ForEach(incoming, message => message.Refusal = null);
        }

        foreach (var reception in receptions)
        {
            await reception.KeptAsync(t, kept, envelope.Receipt.At, cancellation);
        }
    }
}
