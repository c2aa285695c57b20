using System.Data.Common;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>What a receipt changes in the database.</summary>
internal static class ReceiptRows
{
    private static readonly string[] EntryColumns = ["Partner", "Seq", "Status", "Reason", "Leaf"];
    private static readonly string[] MessageColumns = ["Id", "State", "Reason", "Delivered", "Now"];

    public static Task<IReadOnlyList<SentEntry>> EntriesAsync(
        DbConnection connection,
        string partner,
        OutgoingEnvelope envelope,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT seq, id, sha256 FROM envelope_entry
            WHERE partner = @Partner AND direction = 'out' AND seq >= @First AND seq < @End
            ORDER BY seq
            """;
        var values = new
        {
            Partner = partner,
            envelope.First,
            End = envelope.First + envelope.Count,
        };
        return connection.ListAsync<SentEntry>(sql, values, cancellation);
    }

    /// <returns>False when the receipt was kept already.</returns>
    public static async Task<bool> KeepAsync(
        Transaction transaction,
        string partner,
        OutgoingEnvelope envelope,
        Receipt receipt,
        string jws,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE envelope
            SET state = 'receipted', jwe = NULL, receipt = @Receipt, receipt_at = @At, tree_size = @Size, tree_root = @Root
            WHERE partner = @Partner AND direction = 'out' AND first = @First AND state = 'sealed'
            """;
        var values = new
        {
            Partner = partner,
            envelope.First,
            Receipt = jws,
            receipt.At,
            receipt.TreeHead.Size,
            Root = receipt.TreeHead.Root.ToString(),
        };
        return await transaction.RunAsync(sql, values, cancellation) == 1;
    }

    public static async Task MarkAsync(
        Transaction transaction,
        string partner,
        Receipt receipt,
        IReadOnlyList<SentEntry> sent,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        if (ShiftOf(receipt) is { } shift)
        {
            await MarkAllAsync(transaction, partner, receipt, shift, now, cancellation);
            return;
        }

        const string entry = """
            UPDATE envelope_entry SET status = @Status, reason = @Reason, leaf = @Leaf
            WHERE partner = @Partner AND direction = 'out' AND seq = @Seq
            """;
        object?[][] entries = [.. receipt.Entries.Select(e => Entry(partner, e))];
        await Bulk.ExecuteAsync(transaction, entry, EntryColumns, entries, cancellation);
        const string message = """
            UPDATE message SET state = @State, reason = @Reason, delivered = @Delivered, state_at = @Now WHERE id = @Id
            """;
        object?[][] messages = [.. receipt.Entries.Zip(sent, (e, s) => Message(e, s, receipt.At, now))];
        await Bulk.ExecuteAsync(transaction, message, MessageColumns, messages, cancellation);
    }

    /// <summary>
    /// From seq to ledger leaf, when every message was taken and the leaves follow each other: the ordinary case, and
    /// the one in which two statements do for the whole envelope.
    /// </summary>
    private static long? ShiftOf(Receipt receipt)
    {
        var shift = receipt.Entries[0].Leaf - receipt.Entries[0].Seq;
        return receipt.Entries.All(e => e.Status != ReceiptStatus.Rejected && e.Leaf - e.Seq == shift) ? shift : null;
    }

    private static async Task MarkAllAsync(
        Transaction transaction,
        string partner,
        Receipt receipt,
        long shift,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var (first, end) = (receipt.Entries[0].Seq, receipt.Entries[^1].Seq + 1);
        const string entries = """
            UPDATE envelope_entry SET status = 'accepted', leaf = seq + @Shift
            WHERE partner = @Partner AND direction = 'out' AND seq >= @First AND seq < @End
            """;
        object?[] shifted = [partner, first, end, shift];
        await Bulk.ExecuteAsync(transaction, entries, ["Partner", "First", "End", "Shift"], [shifted], cancellation);
        const string messages = """
            UPDATE message SET state = 'delivered', delivered = @At, state_at = @Now
            WHERE id IN (
              SELECT id FROM envelope_entry
              WHERE partner = @Partner AND direction = 'out' AND seq >= @First AND seq < @End
            )
            """;
        object?[] settled = [partner, first, end, receipt.At.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds()];
        await Bulk.ExecuteAsync(
            transaction,
            messages,
            ["Partner", "First", "End", "At", "Now"],
            [settled],
            cancellation
        );
    }

    private static object?[] Entry(string partner, ReceiptEntry entry) =>
        [
            partner,
            entry.Seq,
            entry.Status == ReceiptStatus.Rejected ? "rejected" : "accepted",
            entry.Reason?.Code(),
            entry.Leaf,
        ];

    private static object?[] Message(ReceiptEntry entry, SentEntry sent, DateTimeOffset at, DateTimeOffset now)
    {
        var rejected = entry.Status == ReceiptStatus.Rejected;
        return
        [
            sent.Id,
            rejected ? "rejected" : "delivered",
            entry.Reason?.Code(),
            rejected ? null : at.ToUnixTimeMilliseconds(),
            now.ToUnixTimeMilliseconds(),
        ];
    }
}

/// <summary>One message of an envelope that we sent.</summary>
internal sealed class SentEntry
{
    public required long Seq { get; init; }
    public required string Id { get; init; }
    public required string Sha256 { get; init; }
}
