using System.Data.Common;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Rights;

/// <summary>
/// By which words of their texts messages are found, for the search on behalf of a person. A little behind the exchange,
/// which does not wait for it; gone with the message.
/// </summary>
internal sealed class TextIndex(Database database, SearchWords words) : IMessageFollowing, IErasureWatcher
{
    private const int MostWords = 4;
    private static readonly string[] Columns = ["Word", "Message"];

    /// <summary>The newest messages in whose texts all the words stand, as far as <see cref="MessageFollower"/> has read.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string name, int most, CancellationToken cancellation)
    {
        const string sql = """
            SELECT w.message_id FROM text_word w
            WHERE w.word = @Word0 AND @Words = (SELECT COUNT(*) FROM text_word x
                WHERE x.word IN (@Word0, @Word1, @Word2, @Word3) AND x.message_id = w.message_id)
            ORDER BY w.message_id DESC LIMIT @Most
            """;
        IReadOnlyList<long> hashes = [.. words.Hashes([name]).Take(MostWords)];
        if (hashes.Count == 0)
        {
            return [];
        }

        return await database.ReadAsync(FindAsync, cancellation);

        async Task<IReadOnlyList<string>> FindAsync(DbConnection connection)
        {
            var with = new
            {
                Words = hashes.Count,
                // Fewer words than four: the first again, which counts once.
                Word0 = hashes[0],
                Word1 = hashes.Count > 1 ? hashes[1] : hashes[0],
                Word2 = hashes.Count > 2 ? hashes[2] : hashes[0],
                Word3 = hashes.Count > 3 ? hashes[3] : hashes[0],
                Most = most,
            };
            return await connection.ListAsync<string>(sql, with, cancellation);
        }
    }

    public async Task ErasedAsync(
        Transaction transaction,
        IReadOnlyList<string> messageIds,
        CancellationToken cancellation
    )
    {
        const string delete = "DELETE FROM text_word WHERE message_id ";
        var values = new { Ids = database.Dialect.Many(messageIds) };
        await transaction.RunAsync(delete + database.Dialect.AmongMany, values, cancellation);
    }

    public Task<Func<Transaction, Task>> PrepareAsync(
        IReadOnlyList<FollowedLeaf> leaves,
        IReadOnlyDictionary<string, FollowedMessage> messages,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO text_word (word, message_id) VALUES (@Word, @Message) ON CONFLICT (word, message_id) DO NOTHING
            """;
        object?[][] rows =
        [
            .. messages.Values.SelectMany(message =>
                Said(message).Select(word => new object?[] { word, message.Stored.Id })
            ),
        ];
        return Task.FromResult<Func<Transaction, Task>>(t => Bulk.ExecuteAsync(t, sql, Columns, rows, cancellation));
    }

    private IReadOnlyList<long> Said(FollowedMessage message) =>
        message.Opened is { } opened ? words.Hashes(TextNames.Words(TextNames.Texts(opened.Message))) : [];
}
