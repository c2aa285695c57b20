using System.Data.Common;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// Finds requests by words. The rarest word's list is walked from its newest request back and the others are looked up, so
/// a page costs what the rarest word costs. The lists name a request by its leaf in the ledger, so the newest come first.
/// </summary>
internal sealed class RequestSearch(Database database, SearchWords words)
{
    /// <summary>More words than these are not looked at.</summary>
    private const int MaxWords = 4;

    /// <summary>Words in more requests than this count as equally frequent.</summary>
    private const int Frequent = 1000;

    public bool IsFor(ListFilter filter) => words.Hashes([filter.Words]).Count > 0;

    /// <param name="direction">Null for both.</param>
    public Task<IReadOnlyList<RequestRow>> FindAsync(
        Officer officer,
        ListFilter filter,
        string? direction,
        PageKey? before,
        CancellationToken cancellation
    ) =>
        database.ReadAsync(
            async c =>
            {
                var rarest = await RarestFirstAsync(c, [.. words.Hashes([filter.Words]).Take(MaxWords)], cancellation);
                var until = before is null ? long.MaxValue : await LeafAsync(c, before.Id, cancellation);
                return await FindAsync(c, officer, filter, direction ?? "", rarest, until, cancellation);
            },
            cancellation
        );

    private static Task<IReadOnlyList<RequestRow>> FindAsync(
        DbConnection connection,
        Officer officer,
        ListFilter filter,
        string direction,
        IReadOnlyList<long> hashes,
        long before,
        CancellationToken cancellation
    )
    {
        const string sql = $"""
            SELECT {RequestRow.Columns}
            FROM request_word w JOIN ledger_leaf l ON l.idx = w.leaf
                JOIN request r ON r.id = substr(l.object, 9) -- 'message:' and its id
            WHERE w.word = @Word0 AND w.leaf < @Before AND r.rank <= @Clearance
                AND (@Direction = '' OR r.direction = @Direction) AND (@All OR r.unit = @Unit OR r.unit = '')
                AND (@AnyState OR r.open = @Open) AND (@Partner = '' OR r.partner = @Partner)
                AND (@Urgency = '' OR r.urgency = @Urgency)
                AND @Words = (SELECT COUNT(*) FROM request_word x
                    WHERE x.word IN (@Word0, @Word1, @Word2, @Word3) AND x.leaf = w.leaf)
            ORDER BY w.leaf DESC LIMIT @Limit
            """;
        // Counted and not EXISTS: PostgreSQL would join the whole list of a word that is in every message.
        var values = new
        {
            Words = hashes.Count,
            // Fewer words than four: the first again, which counts once.
            Word0 = hashes[0],
            Word1 = hashes.Count > 1 ? hashes[1] : hashes[0],
            Word2 = hashes.Count > 2 ? hashes[2] : hashes[0],
            Word3 = hashes.Count > 3 ? hashes[3] : hashes[0],
            Before = before,
            Direction = direction,
            officer.Clearance,
            All = officer.Is(Role.Supervisor),
            officer.Unit,
            AnyState = filter.Show == "all",
            Open = filter.Show != "answered",
            Partner = filter.Partner ?? "",
            Urgency = filter.Urgency ?? "",
            Limit = RequestLists.PageSize + 1,
        };
        return connection.ListAsync<RequestRow>(sql, values, cancellation);
    }

    /// <summary>Where a page that ended with the request goes on. Nowhere, where it is gone.</summary>
    private static Task<long> LeafAsync(DbConnection connection, string request, CancellationToken cancellation)
    {
        const string sql = """
            SELECT COALESCE((SELECT leaf FROM message WHERE id = @Id), (SELECT leaf FROM kept_draft WHERE message = @Id), 0)
            """;
        return connection.OneAsync<long>(sql, new { Id = request }, cancellation);
    }

    private static async Task<IReadOnlyList<long>> RarestFirstAsync(
        DbConnection connection,
        IReadOnlyList<long> hashes,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT COUNT(*) FROM (SELECT 1 FROM request_word WHERE word = @Word LIMIT @Frequent) AS few
            """;
        if (hashes.Count == 1)
        {
            return hashes;
        }

        var counted = new List<(long Hash, long Count)>();
        foreach (var hash in hashes)
        {
            counted.Add((hash, await connection.OneAsync<long>(sql, new { Word = hash, Frequent }, cancellation)));
        }

        return [.. counted.OrderBy(word => word.Count).Select(word => word.Hash)];
    }
}
