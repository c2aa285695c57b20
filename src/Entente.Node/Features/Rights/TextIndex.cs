using System.Data.Common;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Protection;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Rights;

/// <summary>
/// By which words of their texts messages are found, for the search on behalf of a person. A little behind the exchange,
/// which does not wait for it; gone with the message.
/// </summary>
internal sealed class TextIndex(Database database, FollowedMessages followed, SearchWords words)
    : ILedgerFollowing,
        IErasureWatcher
{
    private const int MostWords = 4;

    public Task FollowAsync(CancellationToken cancellation) =>
        followed.FollowAsync<Named>(
            "rights.read",
            (leaf, opened) => Task.FromResult(Read(leaf, opened)),
            (t, named, _) => KeepAsync(t, named, cancellation),
            cancellation
        );

    /// <summary>The newest messages in whose texts all the words stand.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string name, int most, CancellationToken cancellation)
    {
        const string sql = """
            SELECT w.message_id FROM text_word w
            WHERE w.word = @Word0 AND @Words = (SELECT COUNT(*) FROM text_word x
                WHERE x.word IN (@Word0, @Word1, @Word2, @Word3) AND x.message_id = w.message_id)
            ORDER BY w.message_id DESC LIMIT @Most
            """;
        IReadOnlyList<string> hashes = [.. words.Hashes([name]).Take(MostWords)];
        if (hashes.Count == 0)
        {
            return [];
        }

        await FollowAsync(cancellation);
        return await database.ReadAsync(FindAsync, cancellation);

        async Task<IReadOnlyList<string>> FindAsync(DbConnection connection)
        {
            var with = new
            {
                Words = hashes.Count,
                // Fewer words than four: the first again, which counts once.
                Word0 = hashes[0],
                Word1 = hashes.ElementAtOrDefault(1) ?? hashes[0],
                Word2 = hashes.ElementAtOrDefault(2) ?? hashes[0],
                Word3 = hashes.ElementAtOrDefault(3) ?? hashes[0],
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

    private Named? Read(FollowedLeaf leaf, OpenedMessage? opened) =>
        opened is null
            ? null
            : new Named(leaf.Message!, words.Hashes(TextNames.Words(TextNames.Texts(opened.Message)))); // Of a message.

    private static async Task KeepAsync(Transaction t, IReadOnlyList<Named> named, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO text_word (word, message_id) VALUES (@Word, @Message) ON CONFLICT (word, message_id) DO NOTHING
            """;
        foreach (var (message, found) in named)
        {
            foreach (var word in found)
            {
                await t.RunAsync(sql, new { Word = word, Message = message }, cancellation);
            }
        }
    }

    private sealed record Named(string Message, IReadOnlyList<string> Words);
}
