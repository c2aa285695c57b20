using Entente.Node.Features.Delivery;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// A message that can no longer be read can no longer be found by its words. Which words it had stands in one row of its
/// own, for erasures only: an index the other way round would be written for every word of every message.
/// </summary>
internal sealed class ErasedWords(Database database) : IErasureWatcher
{
    private const string Delete = "DELETE FROM request_found WHERE request_id ";

    public async Task ErasedAsync(
        Transaction transaction,
        IReadOnlyList<string> messageIds,
        CancellationToken cancellation
    )
    {
        const string word = "DELETE FROM request_word WHERE word = @Hash AND leaf = @Leaf";
        const string subject = "DELETE FROM request_subject WHERE hash = @Hash AND leaf = @Leaf";
        var among = new { Ids = database.Dialect.Many(messageIds) };
        var found = await FoundBy.OfAsync(transaction, messageIds, cancellation);
        await RunAsync(word, found.Select(f => (f.Leaf, f.Words)));
        await RunAsync(subject, found.Select(f => (f.Leaf, f.Subjects)));
        await transaction.RunAsync(Delete + database.Dialect.AmongMany, among, cancellation);

        Task RunAsync(string sql, IEnumerable<(long Leaf, IReadOnlyList<long> Hashes)> rows) =>
            Bulk.ExecuteAsync(
                transaction,
                sql,
                ["Hash", "Leaf"],
                [.. rows.SelectMany(row => row.Hashes.Select(hash => new object?[] { hash, row.Leaf }))],
                cancellation
            );
    }
}
