using Entente.Node.Features.Delivery;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// A message that can no longer be read can no longer be found by its words. Which words it had stands in one row of its
/// own, for erasures only: an index the other way round would be written for every word of every message.
/// </summary>
internal sealed class ErasedWords(Database database) : IErasureWatcher
{
    private const string Select = "SELECT request_id, words, subjects FROM request_found WHERE request_id ";
    private const string Delete = "DELETE FROM request_found WHERE request_id ";

    public async Task ErasedAsync(
        Transaction transaction,
        IReadOnlyList<string> messageIds,
        CancellationToken cancellation
    )
    {
        const string word = "DELETE FROM request_word WHERE word = @Hash AND request_id = @Request";
        const string subject = "DELETE FROM request_subject WHERE hash = @Hash AND request_id = @Request";
        var among = new { Ids = database.Dialect.Many(messageIds) };
        var found = await transaction.ListAsync<FoundBy>(Select + database.Dialect.AmongMany, among, cancellation);
        await RunAsync(word, found.Select(f => (f.RequestId, f.WordList)));
        await RunAsync(subject, found.Select(f => (f.RequestId, f.SubjectList)));
        await transaction.RunAsync(Delete + database.Dialect.AmongMany, among, cancellation);

        Task RunAsync(string sql, IEnumerable<(string Request, string[] Hashes)> rows) =>
            Bulk.ExecuteAsync(
                transaction,
                sql,
                ["Hash", "Request"],
                [.. rows.SelectMany(row => row.Hashes.Select(hash => new object?[] { hash, row.Request }))],
                cancellation
            );
    }
}
