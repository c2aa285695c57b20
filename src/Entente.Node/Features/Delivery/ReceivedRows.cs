using System.Data.Common;
using Dapper;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>Envelopes received, and the entry of each of their messages.</summary>
internal static class ReceivedRows
{
    private static readonly string[] EntryColumns =
    [
        "Partner",
        "Seq",
        "Id",
        "Sha256",
        "MerkleLeaf",
        "Status",
        "Reason",
        "Leaf",
    ];

    public static Task<ReceivedEnvelope?> FindAsync(
        Transaction transaction,
        string partner,
        Hash sha256,
        CancellationToken cancellation
    ) => FindAsync(transaction.Connection, transaction.Inner, partner, sha256, cancellation);

    public static Task<ReceivedEnvelope?> FindAsync(
        DbConnection connection,
        string partner,
        Hash sha256,
        CancellationToken cancellation
    ) => FindAsync(connection, null, partner, sha256, cancellation);

    /// <summary>Which of the lines' ids name messages that this node has already, its own or received.</summary>
    public static async Task<HashSet<Guid>> KnownAsync(
        Transaction transaction,
        Dialect dialect,
        IReadOnlyList<ReceivedLine> lines,
        CancellationToken cancellation
    )
    {
        var sql = $"SELECT id FROM message WHERE id {dialect.AmongIds}";
        string[] ids = [.. lines.Select(line => line.Id.ToString()).Distinct()];
        return [.. (await transaction.ListAsync<string>(sql, new { Ids = ids }, cancellation)).Select(Guid.Parse)];
    }

    public static async Task InsertAsync(
        Transaction transaction,
        string partner,
        OpenedEnvelope envelope,
        IReadOnlyList<ReceivedLine> lines,
        ReceivedEnvelope received,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO envelope (partner, direction, first, count, sha256, prev, root, batch, at, state, receipt_at)
            VALUES (@Partner, 'in', @First, @Count, @Sha256, @Prev, @Root, @Batch, @At, 'taken', @At)
            """;
        var values = new
        {
            Partner = partner,
            envelope.Batch.First,
            envelope.Batch.Count,
            Sha256 = envelope.Sha256.ToString(),
            Prev = envelope.Batch.Prev.ToString(),
            Root = envelope.Batch.Root.ToString(),
            Batch = envelope.BatchJws,
            received.At,
        };
        await transaction.RunAsync(sql, values, cancellation);
        const string entry = """
            INSERT INTO envelope_entry (partner, direction, seq, id, sha256, merkle_leaf, status, reason, leaf)
            VALUES (@Partner, 'in', @Seq, @Id, @Sha256, @MerkleLeaf, @Status, @Reason, @Leaf)
            """;
        object?[][] rows = [.. lines.Zip(received.Entries, (line, e) => Row(partner, line, e))];
        await Bulk.ExecuteAsync(transaction, entry, EntryColumns, rows, cancellation);
    }

    private static object?[] Row(string partner, ReceivedLine line, ReceivedEntry entry) =>
        [
            partner,
            entry.Seq,
            entry.Id.ToString(),
            entry.Sha256.ToString(),
            line.MerkleLeaf.ToString(),
            entry.Rejected is null ? "accepted" : "rejected",
            entry.Rejected?.Code(),
            entry.Leaf,
        ];

    private static async Task<ReceivedEnvelope?> FindAsync(
        DbConnection connection,
        DbTransaction? transaction,
        string partner,
        Hash sha256,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT e.at, n.seq, n.id, n.sha256, n.reason, n.leaf
            FROM envelope e
            JOIN envelope_entry n ON n.partner = e.partner AND n.direction = e.direction
                AND n.seq >= e.first AND n.seq < e.first + e.count
            WHERE e.partner = @Partner AND e.direction = 'in' AND e.sha256 = @Sha256
            ORDER BY n.seq
            """;
        var values = new { Partner = partner, Sha256 = sha256.ToString() };
        var rows = (
            await connection.QueryAsync<EntryRow>(
                new CommandDefinition(sql, values, transaction, cancellationToken: cancellation)
            )
        ).AsList();
        return rows.Count == 0
            ? null
            : new ReceivedEnvelope(sha256, rows[0].At, [.. rows.Select(row => row.ToEntry())]);
    }

    private sealed class EntryRow
    {
        public required DateTimeOffset At { get; init; }
        public required long Seq { get; init; }
        public required string Id { get; init; }
        public required string Sha256 { get; init; }
        public string? Reason { get; init; }
        public required long Leaf { get; init; }

        public ReceivedEntry ToEntry() =>
            new(Seq, Guid.Parse(Id), Hash.Parse(Sha256), Reason is null ? null : ReasonWords.Parse(Reason), Leaf);
    }
}
