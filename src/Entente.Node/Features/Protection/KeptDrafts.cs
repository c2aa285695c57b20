using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Protection;

/// <summary>
/// What officers wrote where the partner gets something else, or later, or nothing. Read through <see cref="SeenMessages"/>,
/// it stands where it would have stood had it left.
/// </summary>
internal sealed class KeptDrafts(Database database, ContentSeal seal, KeptBell bell, TimeProvider clock)
    : IErasureWatcher
{
    /// <param name="leaf">Of the ledger, as of any message that leaves.</param>
    /// <param name="held">False: the very message waits its time.</param>
    public async Task KeepAsync(
        Transaction t,
        Message message,
        int priority,
        string actor,
        long leaf,
        bool held,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO kept_draft (message, case_id, partner, kind, from_unit, to_unit, reply_to, sent, at, priority, rank,
                handling, line_sha256, leaf, actor, held, data_key, sealed)
            VALUES (@Message, @Case, @Partner, @Kind, @FromUnit, @ToUnit, @ReplyTo, @Sent, @At, @Priority, @Rank,
                @Handling, @LineSha256, @Leaf, @Actor, @Held, @DataKey, @Sealed)
            """;
        var line = message.ToLine();
        var content = await seal.SealAsync(t, line, cancellation);
        var values = new
        {
            Message = message.Id.ToString(),
            Case = message.Case.ToString(),
            Partner = message.To.Node.ToString(),
            message.Kind,
            FromUnit = message.From.Unit,
            ToUnit = message.To.Unit,
            ReplyTo = message.ReplyTo?.ToString(),
            message.Sent,
            At = clock.GetUtcNow(),
            Priority = priority,
            message.Classification.Rank,
            Handling = string.Join(',', message.Handling),
            LineSha256 = Hash.Of(line).ToString(),
            Leaf = leaf,
            Actor = actor,
            Held = held,
            content.DataKey,
            Sealed = content.Bytes,
        };
        await t.RunAsync(sql, values, cancellation);
        t.AfterCommit(bell.Ring);
    }

    /// <summary>Nothing can be proven of it: what went is not what stands in the case.</summary>
    public Task<bool> IsKeptAsync(string message, CancellationToken cancellation)
    {
        const string sql = "SELECT COUNT(*) FROM kept_draft WHERE message = @Message";
        return database.ReadAsync(
            async c => await c.OneAsync<long>(sql, new { Message = message }, cancellation) > 0,
            cancellation
        );
    }

    /// <summary>What corrects it stays too: the partner has nothing to correct.</summary>
    public static async Task<bool> IsHeldAsync(Transaction t, string message, CancellationToken cancellation)
    {
        const string sql = "SELECT COUNT(*) FROM kept_draft WHERE message = @Message AND held";
        return await t.OneAsync<long>(sql, new { Message = message }, cancellation) > 0;
    }

    /// <summary>Those that were held, newest first: for the data-protection officers alone.</summary>
    public Task<IReadOnlyList<HeldDraft>> HeldAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT d.message, d.case_id, d.partner, d.actor, d.at FROM kept_draft d
            WHERE d.held ORDER BY d.at DESC, d.message LIMIT 100
            """;
        return database.ReadAsync(c => c.ListAsync<HeldDraft>(sql, null, cancellation), cancellation);
    }

    /// <summary>The row stays, as a message's does.</summary>
    public async Task ErasedAsync(
        Transaction transaction,
        IReadOnlyList<string> messageIds,
        CancellationToken cancellation
    )
    {
        const string keysOf = "SELECT d.data_key FROM kept_draft d WHERE d.message ";
        var keys = await transaction.ListAsync<string>(
            keysOf + database.Dialect.AmongMany,
            new { Ids = database.Dialect.Many(messageIds) },
            cancellation
        );
        if (keys.Count > 0)
        {
            await ContentSeal.EraseAsync(transaction, database.Dialect, keys, cancellation);
        }
    }
}

public sealed record HeldDraft
{
    public required string Message { get; init; }
    public required string CaseId { get; init; }
    public required string Partner { get; init; }
    public required string Actor { get; init; }
    public required DateTimeOffset At { get; init; }
}
