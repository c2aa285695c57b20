using Entente.Node.Features.Delivery;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>A message that can no longer be read can no longer be found by its words.</summary>
internal sealed class ErasedWords(Database database) : IErasureWatcher
{
    private readonly string _delete = "DELETE FROM request_word WHERE request_id " + database.Dialect.AmongIds;

    private readonly string _subjects = "DELETE FROM request_subject WHERE request_id " + database.Dialect.AmongIds;

    public async Task ErasedAsync(
        Transaction transaction,
        IReadOnlyList<string> messageIds,
        CancellationToken cancellation
    )
    {
        await transaction.RunAsync(_delete, new { Ids = messageIds }, cancellation);
        await transaction.RunAsync(_subjects, new { Ids = messageIds }, cancellation);
    }
}
