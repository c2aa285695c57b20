using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// A file whose message was erased can no longer be opened: its key was in the message. It is no longer named either, so
/// that the sweep of chunks gives its room back.
/// </summary>
internal sealed class ErasedFiles(Database database) : IErasureWatcher
{
    private readonly string _delete = "DELETE FROM attachment WHERE message_id " + database.Dialect.AmongIds;

    public Task ErasedAsync(
        Transaction transaction,
        IReadOnlyList<string> messageIds,
        CancellationToken cancellation
    ) => transaction.RunAsync(_delete, new { Ids = messageIds }, cancellation);
}
