using System.Data.Common;
using Dapper;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>Envelopes received, and the entry of each of their messages.</summary>
internal static class ReceivedRows
{
    private static readonly string[] EnvelopeColumns =
    [
        "Partner",
        "First",
        "Count",
        "Sha256",
        "Prev",
        "Root",
        "Batch",
        "At",
    ];

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
        var sql = $"SELECT id FROM message WHERE id {dialect.AmongMany}";
        string[] ids = [.. lines.Select(line => line.Id.ToString()).Distinct()];
        return
        [
            .. (await transaction.ListAsync<string>(sql, new { Ids = dialect.Many(ids) }, cancellation)).Select(
                Guid.Parse
            ),
        ];
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
        object?[] values =
        [
            partner,
            envelope.Batch.First,
            envelope.Batch.Count,
            envelope.Sha256.ToString(),
            envelope.Batch.Prev.ToString(),
            envelope.Batch.Root.ToString(),
            envelope.BatchJws,
            received.At.ToUnixTimeMilliseconds(),
        ];
        await Bulk.ExecuteAsync(transaction, sql, EnvelopeColumns, [values], cancellation);
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
        // Two questions: joined, SQLite may read every entry of the link to answer.
        const string envelope = """
            SELECT first, count, at FROM envelope WHERE partner = @Partner AND direction = 'in' AND sha256 = @Sha256
            """;
        var named = new { Partner = partner, Sha256 = sha256.ToString() };
        var found = await connection.QueryFirstOrDefaultAsync<EnvelopeRow>(
            new CommandDefinition(envelope, named, transaction, cancellationToken: cancellation)
        );
        if (found is null)
        {
            return null;
        }

        const string entries = """
            SELECT seq, id, sha256, reason, leaf FROM envelope_entry
            WHERE partner = @Partner AND direction = 'in' AND seq >= @First AND seq < @End
            ORDER BY seq
            """;
        var values = new
        {
            Partner = partner,
            found.First,
            End = found.First + found.Count,
        };
        var rows = await connection.QueryAsync<EntryRow>(
            new CommandDefinition(entries, values, transaction, cancellationToken: cancellation)
        );
        return new ReceivedEnvelope(sha256, found.At, [.. rows.Select(row => row.ToEntry())]);
    }

    private sealed class EnvelopeRow
    {
        public required long First { get; init; }
        public required int Count { get; init; }
        public required DateTimeOffset At { get; init; }
    }

    private sealed class EntryRow
    {
        public required long Seq { get; init; }
        public required string Id { get; init; }
        public required string Sha256 { get; init; }
        public string? Reason { get; init; }
        public long? Leaf { get; init; }

        public ReceivedEntry ToEntry() =>
            new(Seq, Guid.Parse(Id), Hash.Parse(Sha256), Reason is null ? null : ReasonWords.Parse(Reason), Leaf);
    }
}
