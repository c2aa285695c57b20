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
        var said = messages
            .Values.Select(message => (message.Stored.Id, Words: Said(message)))
            .Where(message => message.Words.Count > 0)
            .ToList();
        return Task.FromResult<Func<Transaction, Task>>(t => SaveAsync(t, said, cancellation));
    }

    /// <summary>Of what is still there: a message may have been erased since it was opened.</summary>
    private async Task SaveAsync(
        Transaction t,
        IReadOnlyList<(string Id, IReadOnlyList<long> Words)> said,
        CancellationToken cancellation
    )
    {
        const string sent = "SELECT m.id FROM message m JOIN data_key k ON k.id = m.data_key WHERE m.id ";
        const string kept = """

            UNION ALL
            SELECT d.message FROM kept_draft d JOIN data_key k ON k.id = d.data_key WHERE d.message 
            """;
        const string insert = """
            INSERT INTO text_word (word, message_id) VALUES (@Word, @Message) ON CONFLICT (word, message_id) DO NOTHING
            """;
        var among = database.Dialect.AmongMany;
        var values = new { Ids = database.Dialect.Many([.. said.Select(message => message.Id)]) };
        var readable = (await t.ListAsync<string>(sent + among + kept + among, values, cancellation)).ToHashSet();
        object?[][] rows =
        [
            .. said.Where(message => readable.Contains(message.Id))
                .SelectMany(message => message.Words.Select(word => new object?[] { word, message.Id })),
        ];
        await Bulk.ExecuteAsync(t, insert, Columns, rows, cancellation);
    }

    private IReadOnlyList<long> Said(FollowedMessage message) =>
        message.Opened is { } opened ? words.Hashes(TextNames.Words(TextNames.Texts(opened.Message))) : [];
}
