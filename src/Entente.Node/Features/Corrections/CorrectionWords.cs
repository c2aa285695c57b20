using System.Text.Json;
using Entente.Node.Features.Delivery;
using Entente.Node.Storage;

namespace Entente.Node.Features.Corrections;

/// <summary>
/// What a correction begun here says: a notice that was held back or not taken is told again in the same words. They go
/// with the message that they are about.
/// </summary>
internal sealed class CorrectionWords(Database database, ContentSeal seal) : IErasureWatcher
{
    public async Task<CorrectionRow> KeepAsync(
        Transaction t,
        CorrectionRow row,
        CorrectionBody body,
        CancellationToken cancellation
    )
    {
        var content = await seal.SealAsync(t, JsonSerializer.SerializeToUtf8Bytes(body), cancellation);
        return row with { DataKey = content.DataKey, Sealed = content.Bytes };
    }

    /// <summary>Null where none were kept, or they are erased.</summary>
    public async Task<CorrectionBody?> FindAsync(string correction, CancellationToken cancellation)
    {
        const string sql = """
            SELECT c.data_key, c.sealed, k.wrapped
            FROM correction c JOIN data_key k ON k.id = c.data_key WHERE c.id = @Id
            """;
        var row = await database.ReadAsync(
            c => c.OneAsync<Kept>(sql, new { Id = correction }, cancellation),
            cancellation
        );
        return row is null
            ? null
            : JsonSerializer.Deserialize<CorrectionBody>(seal.Open(row.DataKey, row.Wrapped, row.Sealed));
    }

    public async Task ErasedAsync(
        Transaction transaction,
        IReadOnlyList<string> messageIds,
        CancellationToken cancellation
    )
    {
        const string keysOf = "SELECT c.data_key FROM correction c WHERE c.data_key IS NOT NULL AND c.message_id ";
        var dialect = database.Dialect;
        var values = new { Ids = dialect.Many(messageIds) };
        var keys = await transaction.ListAsync<string>(keysOf + dialect.AmongMany, values, cancellation);
        if (keys.Count > 0)
        {
            await ContentSeal.EraseAsync(transaction, dialect, keys, cancellation);
        }
    }

    private sealed record Kept
    {
        public required string DataKey { get; init; }
        public required byte[] Sealed { get; init; }
        public required byte[] Wrapped { get; init; }
    }
}
