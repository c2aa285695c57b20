using System.Data.Common;
using Dapper;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>What waits for a partner, and the envelopes made of it.</summary>
internal static class SealedRows
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
        "Jwe",
        "At",
    ];

    private static readonly string[] EntryColumns = ["Partner", "Seq", "Id", "Sha256", "MerkleLeaf"];

    public static async Task<bool> AreWaitingAsync(
        DbConnection connection,
        string partner,
        int least,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT COUNT(*) FROM (
              SELECT m.id FROM message m
              WHERE m.partner = @Partner AND m.state = 'queued'
                AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.message_id = m.id AND a.state = 'sending')
              LIMIT @Least
            ) waiting
            """;
        var values = new { Partner = partner, Least = least };
        return await connection.OneAsync<long>(sql, values, cancellation) == least;
    }

    /// <summary>Most urgent first. A message whose files are still on their way does not hold up the others.</summary>
    public static Task<IReadOnlyList<WaitingRow>> WaitingAsync(
        Transaction transaction,
        string partner,
        int most,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT m.id, m.data_key, m.sealed, k.wrapped
            FROM message m JOIN data_key k ON k.id = m.data_key
            WHERE m.partner = @Partner AND m.state = 'queued'
              AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.message_id = m.id AND a.state = 'sending')
            ORDER BY m.priority, m.leaf
            LIMIT @Most
            """;
        return transaction.ListAsync<WaitingRow>(sql, new { Partner = partner, Most = most }, cancellation);
    }

    public static async Task InsertAsync(
        Transaction transaction,
        string partner,
        Chain chain,
        SealedEnvelope envelope,
        IReadOnlyList<NumberedLine> lines,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO envelope (partner, direction, first, count, sha256, prev, root, batch, jwe, at, state)
            VALUES (@Partner, 'out', @First, @Count, @Sha256, @Prev, @Root, @Batch, @Jwe, @At, 'sealed')
            """;
        object?[] values =
        [
            partner,
            chain.Next,
            lines.Count,
            envelope.Sha256.ToString(),
            chain.Prev.ToString(),
            envelope.Root.ToString(),
            envelope.BatchJws,
            envelope.Jwe,
            at.ToUnixTimeMilliseconds(),
        ];
        await Bulk.ExecuteAsync(transaction, sql, EnvelopeColumns, [values], cancellation);
        const string entry = """
            INSERT INTO envelope_entry (partner, direction, seq, id, sha256, merkle_leaf, status)
            VALUES (@Partner, 'out', @Seq, @Id, @Sha256, @MerkleLeaf, 'sealed')
            """;
        object?[][] entries = [.. lines.Select(line => Entry(partner, line))];
        await Bulk.ExecuteAsync(transaction, entry, EntryColumns, entries, cancellation);
        await MarkAsync(transaction, partner, lines, at, cancellation);
    }

    /// <summary>One statement for all: each message gets the place that its entry has.</summary>
    private static async Task MarkAsync(
        Transaction transaction,
        string partner,
        IReadOnlyList<NumberedLine> lines,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        const string place = """
            UPDATE message SET state = 'sealed', state_at = @At, seq = e.seq, line_sha256 = e.sha256
            FROM envelope_entry e
            WHERE e.partner = @Partner AND e.direction = 'out' AND e.seq >= @First AND e.seq < @End
              AND message.id = e.id
            """;
        object?[] range = [partner, lines[0].Seq, lines[^1].Seq + 1, at.ToUnixTimeMilliseconds()];
        await Bulk.ExecuteAsync(transaction, place, ["Partner", "First", "End", "At"], [range], cancellation);
        const string content = "UPDATE message SET sealed = @Sealed WHERE id = @Id";
        object?[][] rewritten =
        [
            .. lines.Where(l => l.Rewritten is not null).Select(l => new object?[] { l.Id, l.Rewritten }),
        ];
        await Bulk.ExecuteAsync(transaction, content, ["Id", "Sealed"], rewritten, cancellation);
    }

    /// <summary>The oldest envelope after that place that has no receipt yet.</summary>
    public static async Task<OutgoingEnvelope?> UnreceiptedAsync(
        DbConnection connection,
        string partner,
        long after,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT first, count, sha256, jwe FROM envelope
            WHERE partner = @Partner AND direction = 'out' AND state = 'sealed' AND first > @After
            ORDER BY first LIMIT 1
            """;
        var row = await connection.OneAsync<EnvelopeRow>(sql, new { Partner = partner, After = after }, cancellation);
        return row is null ? null : new OutgoingEnvelope(row.First, row.Count, Hash.Parse(row.Sha256), row.Jwe);
    }

    private static object?[] Entry(string partner, NumberedLine line) =>
        [partner, line.Seq, line.Id, line.Sha256.ToString(), MerkleTree.LeafHash(line.Line).ToString()];

    private sealed class EnvelopeRow
    {
        public required long First { get; init; }
        public required int Count { get; init; }
        public required string Sha256 { get; init; }
        public required byte[] Jwe { get; init; }
    }
}

/// <summary>A queued message as it lies in the database.</summary>
internal sealed class WaitingRow
{
    public required string Id { get; init; }
    public required string DataKey { get; init; }
    public required byte[] Sealed { get; init; }
    public required byte[] Wrapped { get; init; }
}

/// <summary>A message with its place: the final line, its hash, and what is stored instead of the queued line; null where
/// that stays.</summary>
internal sealed record NumberedLine(string Id, long Seq, byte[] Line, Hash Sha256, byte[]? Rewritten);
