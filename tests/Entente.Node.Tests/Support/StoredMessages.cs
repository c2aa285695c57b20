using Entente.Node.Features.Delivery;
using Entente.Node.Storage;

namespace Entente.Node.Tests.Support;

/// <summary>All messages of a store; the program itself never asks for them.</summary>
internal static class StoredMessages
{
    private const string Columns = """
        id, partner, direction, seq, kind, case_id, reply_to, from_unit, to_unit, sent, at, priority, state, state_at,
        reason, delivered, classification_rank, handling, line_sha256, leaf
        """;

    /// <summary>Newest first.</summary>
    public static Task<IReadOnlyList<StoredMessage>> MessagesAsync(
        this Database database,
        MessageDirection direction,
        CancellationToken cancellation
    )
    {
        const string sql = $"SELECT {Columns} FROM message WHERE direction = @Direction ORDER BY at DESC, id DESC";
        var with = new { Direction = MessageStore.Name(direction) };
        return database.ReadAsync(c => c.ListAsync<StoredMessage>(sql, with, cancellation), cancellation);
    }
}
