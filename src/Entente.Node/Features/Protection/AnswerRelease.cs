using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Protection;

/// <summary>Lets the answers that tell nothing leave, each at its moment.</summary>
internal sealed class AnswerRelease(Database database, Outbox outbox, ContentSeal seal, TimeProvider clock)
{
    /// <summary>
    /// Keeps an answer for its moment, in the transaction that closes the request. Its line is final and so is its leaf,
    /// which is written when any other answer's would be.
    /// </summary>
    /// <returns>The leaf.</returns>
    public async Task<long> KeepAsync(
        Transaction t,
        Message message,
        int priority,
        string actor,
        DateTimeOffset releaseAt,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO waiting_answer (message, partner, priority, actor, release_at, at, leaf, data_key, sealed)
            VALUES (@Message, @Partner, @Priority, @Actor, @ReleaseAt, @At, @Leaf, @DataKey, @Sealed)
            """;
        var dated = message with { Sent = WireTime.Round(releaseAt) };
        var (final, leaf) = await outbox.PromiseAsync(t, dated, actor, cancellation);
        var content = await seal.SealAsync(t, final.ToLine(), cancellation);
        var values = new
        {
            Message = message.Id.ToString(),
            Partner = message.To.Node.ToString(),
            Priority = priority,
            Actor = actor,
            ReleaseAt = releaseAt,
            At = clock.GetUtcNow(),
            Leaf = leaf,
            content.DataKey,
            Sealed = content.Bytes,
        };
        await t.RunAsync(sql, values, cancellation);
        return leaf;
    }

    /// <summary>Lets go what is due. Returns how many went.</summary>
    public async Task<int> ReleaseAsync(DateTimeOffset dueBy, CancellationToken cancellation)
    {
        const string sql = """
            SELECT w.message, w.priority, w.at, w.leaf, w.data_key, w.sealed, k.wrapped
            FROM waiting_answer w JOIN data_key k ON k.id = w.data_key
            WHERE w.release_at <= @Now ORDER BY w.release_at, w.message LIMIT 200
            """;
        var due = await database.ReadAsync(c => c.ListAsync<Row>(sql, new { Now = dueBy }, cancellation), cancellation);
        var released = 0;
        foreach (var row in due)
        {
            released += await database.WriteAsync(t => ReleaseAsync(t, row, cancellation), cancellation);
        }

        return released;
    }

    /// <summary>Another instance may have been quicker: each goes once.</summary>
    private async Task<int> ReleaseAsync(Transaction t, Row row, CancellationToken cancellation)
    {
        const string sql = "DELETE FROM waiting_answer WHERE message = @Message";
        if (await t.RunAsync(sql, new { row.Message }, cancellation) == 0)
        {
            return 0;
        }

        var message = Message.Parse(seal.Open(row.DataKey, row.Wrapped, row.Sealed)).Required();
        await ContentSeal.EraseAsync(t, row.DataKey, cancellation);
        await outbox.SendPromisedAsync(t, message, row.Priority, row.At, row.Leaf, cancellation);
        return 1;
    }

    private sealed record Row
    {
        public required string Message { get; init; }
        public required int Priority { get; init; }
        public required DateTimeOffset At { get; init; }
        public required long Leaf { get; init; }
        public required string DataKey { get; init; }
        public required byte[] Sealed { get; init; }
        public required byte[] Wrapped { get; init; }
    }
}
