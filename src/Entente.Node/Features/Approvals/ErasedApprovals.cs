using Entente.Node.Features.Delivery;
using Entente.Node.Storage;

namespace Entente.Node.Features.Approvals;

/// <summary>
/// What was shown for approval holds the very words that were sent; it becomes unreadable with the message, and so do the
/// reasons given about it.
/// </summary>
internal sealed class ErasedApprovals : IErasureWatcher
{
    // A draft is named by its message, an answer by its request.
    public Task ErasedAsync(
        Transaction transaction,
        IReadOnlyList<string> messageIds,
        CancellationToken cancellation
    ) =>
        EraseAsync(
            transaction,
            [.. messageIds.SelectMany(id => new[] { $"draft:{id}", $"request:{id}" })],
            cancellation
        );

    /// <summary>The same for whatever else approvals were about.</summary>
    /// <param name="objects">As in the ledger: `case:0192…`.</param>
    public static async Task EraseAsync(
        Transaction transaction,
        IReadOnlyList<string> objects,
        CancellationToken cancellation
    )
    {
        const string contentsOf = "SELECT data_key FROM approval WHERE object ";
        const string voicesOf =
            "SELECT v.data_key FROM approval_voice v JOIN approval a ON a.id = v.approval WHERE a.object ";
        var dialect = new Dialect(transaction.Engine);
        var values = new { Ids = objects };
        var contents = await transaction.ListAsync<string>(contentsOf + dialect.AmongIds, values, cancellation);
        if (contents.Count > 0)
        {
            var voices = await transaction.ListAsync<string>(voicesOf + dialect.AmongIds, values, cancellation);
            await ContentSeal.EraseAsync(transaction, dialect, [.. contents, .. voices], cancellation);
        }
    }
}
