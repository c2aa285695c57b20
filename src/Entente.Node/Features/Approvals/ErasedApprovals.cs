using Entente.Node.Features.Delivery;
using Entente.Node.Storage;

namespace Entente.Node.Features.Approvals;

/// <summary>
/// What was shown for approval holds the very words that were sent; it becomes unreadable with the message, and so do the
/// reasons given about it.
/// </summary>
internal sealed class ErasedApprovals(Database database) : IErasureWatcher
{
    private readonly string _contents = "SELECT data_key FROM approval WHERE object " + database.Dialect.AmongIds;

    private readonly string _voices =
        "SELECT v.data_key FROM approval_voice v JOIN approval a ON a.id = v.approval WHERE a.object "
        + database.Dialect.AmongIds;

    public async Task ErasedAsync(
        Transaction transaction,
        IReadOnlyList<string> messageIds,
        CancellationToken cancellation
    )
    {
        // A draft is named by its message, an answer by its request.
        string[] objects = [.. messageIds.SelectMany(id => new[] { $"draft:{id}", $"request:{id}" })];
        var contents = await transaction.ListAsync<string>(_contents, new { Ids = objects }, cancellation);
        if (contents.Count > 0)
        {
            var voices = await transaction.ListAsync<string>(_voices, new { Ids = objects }, cancellation);
            await ContentSeal.EraseAsync(transaction, database.Dialect, [.. contents, .. voices], cancellation);
        }
    }
}
