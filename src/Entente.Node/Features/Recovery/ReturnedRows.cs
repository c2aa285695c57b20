using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Recovery;

/// <summary>The rows of an envelope that came back, as they were before they were lost.</summary>
internal sealed class ReturnedRows(
    Transaction transaction,
    string partner,
    MessageDirection direction,
    ProvenEnvelope envelope,
    long leaf
)
{
    private const int Unranked = 1;
    private readonly bool _sent = direction == MessageDirection.Out;

    /// <summary>Each line with its leaf in the ledger there is now.</summary>
    public IEnumerable<(ProvenLine Line, long Leaf)> Lines => envelope.Lines.Select((line, i) => (line, leaf + i));

    public async Task InsertEnvelopeAsync(CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO envelope (partner, direction, first, count, sha256, prev, root, batch, at, state, receipt,
                receipt_at, tree_size, tree_root)
            VALUES (@Partner, @Direction, @First, @Count, @Sha256, @Prev, @Root, @Batch, @At, @State, @Receipt,
                @ReceiptAt, @TreeSize, @TreeRoot)
            """;
        var (batch, receipt) = (envelope.Batch, envelope.Receipt);
        var values = new
        {
            Partner = partner,
            Direction = MessageStore.Name(direction),
            batch.First,
            batch.Count,
            Sha256 = envelope.Returned.Envelope.ToString(),
            Prev = batch.Prev.ToString(),
            Root = batch.Root.ToString(),
            envelope.Returned.Batch,
            At = _sent ? batch.At : receipt.At,
            State = _sent ? "receipted" : "taken",
            Receipt = _sent ? envelope.Returned.Receipt : null,
            ReceiptAt = receipt.At,
            TreeSize = _sent ? receipt.TreeHead.Size : (long?)null,
            TreeRoot = _sent ? receipt.TreeHead.Root.ToString() : null,
        };
        await transaction.RunAsync(sql, values, cancellation);
        foreach (var (line, own) in Lines)
        {
            await InsertEntryAsync(line, own, cancellation);
        }
    }

    /// <summary>The message, new here or still queued as it was in the backup.</summary>
    public async Task KeepAsync(ProvenLine line, long own, SealedContent content, CancellationToken cancellation)
    {
        var message = line.Message!; // A line that is held was read.
        var standing = new MessageStanding(
            partner,
            direction,
            _sent ? message.Sent : envelope.Receipt.At,
            Unranked,
            line.Said.Sha256,
            own,
            content
        );
        const string known = "SELECT id FROM message WHERE id = @Id";
        var id = line.Id.ToString();
        if (await transaction.OneAsync<string>(known, new { Id = id }, cancellation) is null)
        {
            await MessageRows.InsertAsync(transaction, [(message, standing)], cancellation);
            await (_sent ? AttachmentRows.AwaitAsync(transaction, [message], cancellation) : Task.CompletedTask);
        }
        else
        {
            const string again = """
                UPDATE message SET seq = @Seq, line_sha256 = @Sha256, data_key = @DataKey, sealed = @Bytes WHERE id = @Id
                """;
            var values = new
            {
                Id = id,
                line.Seq,
                Sha256 = line.Said.Sha256.ToString(),
                content.DataKey,
                content.Bytes,
            };
            await transaction.RunAsync(again, values, cancellation);
        }

        await MarkAsync(line, cancellation);
    }

    /// <summary>Sent and receipted: it waits for nothing any more.</summary>
    public async Task MarkAsync(ProvenLine line, CancellationToken cancellation)
    {
        if (!_sent)
        {
            return;
        }

        const string sql = """
            UPDATE message SET state = @State, reason = @Reason, delivered = @Delivered, state_at = @At WHERE id = @Id
            """;
        var rejected = line.Said.Status == ReceiptStatus.Rejected;
        var values = new
        {
            Id = line.Id.ToString(),
            State = rejected ? "rejected" : "delivered",
            Reason = line.Said.Reason?.Code(),
            Delivered = rejected ? (DateTimeOffset?)null : envelope.Receipt.At,
            envelope.Receipt.At,
        };
        await transaction.RunAsync(sql, values, cancellation);
        const string files =
            "UPDATE attachment SET state = 'sent', done = chunks WHERE message_id = @Id AND direction = 'out'";
        await transaction.RunAsync(files, values, cancellation);
    }

    private Task InsertEntryAsync(ProvenLine line, long own, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO envelope_entry (partner, direction, seq, id, sha256, merkle_leaf, status, reason, leaf)
            VALUES (@Partner, @Direction, @Seq, @Id, @Sha256, @MerkleLeaf, @Status, @Reason, @Leaf)
            """;
        var values = new
        {
            Partner = partner,
            Direction = MessageStore.Name(direction),
            line.Seq,
            Id = line.Id.ToString(),
            Sha256 = line.Said.Sha256.ToString(),
            MerkleLeaf = line.MerkleLeaf.ToString(),
            Status = line.Said.Status == ReceiptStatus.Rejected ? "rejected" : "accepted",
            Reason = line.Said.Reason?.Code(),
            Leaf = _sent ? line.Said.Leaf : own,
        };
        return transaction.RunAsync(sql, values, cancellation);
    }
}
