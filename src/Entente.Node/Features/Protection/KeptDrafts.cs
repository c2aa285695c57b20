using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Protection;

/// <summary>
/// What officers wrote where the partner gets something else, or gets it later. The case shows it to them as a message
/// that was sent and delivered, as any other.
/// </summary>
internal sealed class KeptDrafts(Database database, ContentSeal seal, TimeProvider clock) : IErasureWatcher
{
    public async Task KeepAsync(Transaction t, Message message, string actor, bool held, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO kept_draft (message, case_id, partner, actor, at, held, data_key, sealed)
            VALUES (@Message, @Case, @Partner, @Actor, @At, @Held, @DataKey, @Sealed)
            """;
        var content = await seal.SealAsync(t, message.ToLine(), cancellation);
        var values = new
        {
            Message = message.Id.ToString(),
            Case = message.Case.ToString(),
            Partner = message.To.Node.ToString(),
            Actor = actor,
            At = clock.GetUtcNow(),
            Held = held,
            content.DataKey,
            Sealed = content.Bytes,
        };
        await t.RunAsync(sql, values, cancellation);
    }

    /// <summary>A case's, as its officers see them.</summary>
    public async Task<IReadOnlyDictionary<string, OpenedMessage>> OfCaseAsync(
        string caseId,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT d.message, d.partner, d.at, d.data_key, d.sealed, k.wrapped
            FROM kept_draft d JOIN data_key k ON k.id = d.data_key WHERE d.case_id = @Case ORDER BY d.at, d.message
            """;
        var rows = await database.ReadAsync(
            c => c.ListAsync<Row>(sql, new { Case = caseId }, cancellation),
            cancellation
        );
        return rows.Select(Open).ToDictionary(opened => opened.Stored.Id, StringComparer.Ordinal);
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

    /// <summary>Those that were held, newest first: for the data-protection officers alone.</summary>
    public Task<IReadOnlyList<HeldDraft>> HeldAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT d.message, d.case_id, d.partner, d.actor, d.at FROM kept_draft d
            WHERE d.held ORDER BY d.at DESC, d.message LIMIT 100
            """;
        return database.ReadAsync(c => c.ListAsync<HeldDraft>(sql, null, cancellation), cancellation);
    }

    public async Task ErasedAsync(
        Transaction transaction,
        IReadOnlyList<string> messageIds,
        CancellationToken cancellation
    )
    {
        const string keys = "DELETE FROM data_key WHERE id IN (SELECT data_key FROM kept_draft WHERE message = @Id)";
        const string rows = "DELETE FROM kept_draft WHERE message = @Id";
        foreach (var id in messageIds)
        {
            await transaction.RunAsync(keys, new { Id = id }, cancellation);
            await transaction.RunAsync(rows, new { Id = id }, cancellation);
        }
    }

    private OpenedMessage Open(Row row)
    {
        var line = seal.Open(row.DataKey, row.Wrapped, row.Sealed);
        var message = Message.Parse(line).Required();
        var stored = new StoredMessage
        {
            Id = row.Message,
            Partner = row.Partner,
            Direction = MessageDirection.Out,
            Kind = message.Kind,
            CaseId = message.Case.ToString(),
            ReplyTo = message.ReplyTo?.ToString(),
            FromUnit = message.From.Unit,
            ToUnit = message.To.Unit,
            Sent = row.At,
            At = row.At,
            Priority = 2,
            State = MessageState.Delivered,
            StateAt = row.At,
            Delivered = row.At,
            ClassificationRank = message.Classification.Rank,
            Handling = string.Join(',', message.Handling),
            LineSha256 = "",
            Leaf = 0,
        };
        return new OpenedMessage(stored, message, line);
    }

    private sealed record Row
    {
        public required string Message { get; init; }
        public required string Partner { get; init; }
        public required DateTimeOffset At { get; init; }
        public required string DataKey { get; init; }
        public required byte[] Sealed { get; init; }
        public required byte[] Wrapped { get; init; }
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
