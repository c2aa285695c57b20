using System.Data.Common;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>What was signed around one message, on its way out or in: what evidence is made of.</summary>
internal sealed class SignedEnvelopes(Database database)
{
    /// <summary>Null for a message that is in no envelope yet.</summary>
    public Task<SignedEnvelope?> AroundAsync(StoredMessage message, CancellationToken cancellation) =>
        message.Seq is { } seq
            ? database.ReadAsync(c => AroundAsync(c, message, seq, cancellation), cancellation)
            : Task.FromResult<SignedEnvelope?>(null);

    private static async Task<SignedEnvelope?> AroundAsync(
        DbConnection connection,
        StoredMessage message,
        long seq,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT first, count, sha256, batch, at, receipt FROM envelope
            WHERE partner = @Partner AND direction = @Direction AND first <= @Seq
            ORDER BY first DESC LIMIT 1
            """;
        var direction = MessageStore.Name(message.Direction);
        var values = new
        {
            message.Partner,
            Direction = direction,
            Seq = seq,
        };
        var row = await connection.OneAsync<Row>(sql, values, cancellation);
        if (row is null || seq >= row.First + row.Count)
        {
            return null;
        }

        const string entries = """
            SELECT merkle_leaf FROM envelope_entry
            WHERE partner = @Partner AND direction = @Direction AND seq >= @First AND seq < @End
            ORDER BY seq
            """;
        var range = new
        {
            message.Partner,
            Direction = direction,
            row.First,
            End = row.First + row.Count,
        };
        var leaves = await connection.ListAsync<string>(entries, range, cancellation);
        var path = MerkleTree.InclusionProof(
            MerkleLeaves.Of(leaves.Select(leaf => Hash.Parse(leaf))),
            seq - row.First,
            leaves.Count
        );
        var sha256 = Hash.Parse(row.Sha256);
        var received =
            message.Direction == MessageDirection.In
                ? await ReceivedRows.FindAsync(connection, message.Partner, sha256, cancellation)
                : null;
        return new SignedEnvelope(sha256, row.Batch, path, row.Receipt, received);
    }

    private sealed class Row
    {
        public required long First { get; init; }
        public required int Count { get; init; }
        public required string Sha256 { get; init; }
        public required string Batch { get; init; }
        public string? Receipt { get; init; }
    }
}

/// <param name="Batch">The sender's signature over the root of the lines.</param>
/// <param name="Path">From the message's line to that root.</param>
/// <param name="Receipt">The partner's, for what we sent.</param>
/// <param name="Received">What our receipt says, for what we took.</param>
internal sealed record SignedEnvelope(
    Hash Sha256,
    string Batch,
    IReadOnlyList<Hash> Path,
    string? Receipt,
    ReceivedEnvelope? Received
);
