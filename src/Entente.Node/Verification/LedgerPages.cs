using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Dapper;
using Entente.Node.Ledger;
using Entente.Protocol;

namespace Entente.Node.Verification;

/// <summary>
/// The ledger's pages in their order. One reader fills them from the store while the other cores work on those it has read;
/// never more than a few are in memory.
/// </summary>
internal sealed class LedgerPages(DbConnection connection)
{
    private const int PageLeaves = 4096;
    private const int Ahead = 4;

    public async IAsyncEnumerable<LedgerPage> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pages = Channel.CreateBounded<Task<LedgerPage>>(Ahead);
        var reading = Task.Run(() => FillAsync(pages.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var page in pages.Reader.ReadAllAsync(cancellation))
            {
                yield return await page;
            }
        }
        finally
        {
            // Whoever stopped listening gets the connection back at rest.
            await stop.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await reading; // Why the reading ended early, if it did.
    }

    private async Task FillAsync(ChannelWriter<Task<LedgerPage>> pages, CancellationToken cancellation)
    {
        try
        {
            for (var from = 0L; ; )
            {
                var page = await LeavesAsync(from, cancellation);
                if (page.Count == 0)
                {
                    return;
                }

                from = page.Last + 1;
                await NodesAsync(page, from, cancellation);
                await HeadsAsync(page, from, cancellation);
                await pages.WriteAsync(Task.Run(page.Work, cancellation), cancellation);
            }
        }
        finally
        {
            pages.Complete();
        }
    }

    private async Task<LedgerPage> LeavesAsync(long from, CancellationToken cancellation)
    {
        const string sql = """
            SELECT idx, at, actor, action, object, why, hash, link, json
            FROM ledger_leaf WHERE idx >= @From ORDER BY idx LIMIT @Page
            """;
        var page = new LedgerPage(from);
        await using var rows = await connection.ExecuteReaderAsync(
            new CommandDefinition(sql, new { From = from, Page = PageLeaves }, cancellationToken: cancellation)
        );
        while (await rows.ReadAsync(cancellation))
        {
            page.Add(
                new LedgerPage.Leaf(
                    rows.GetInt64(0),
                    DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1)),
                    rows.GetString(2),
                    rows.GetString(3),
                    rows.GetString(4),
                    rows.GetString(5),
                    await rows.IsDBNullAsync(6, cancellation) ? null : rows.GetString(6),
                    await rows.IsDBNullAsync(7, cancellation) ? null : rows.GetString(7),
                    rows.GetString(8)
                )
            );
        }

        return page;
    }

    /// <summary>The kept nodes that the page's leaves complete: known by arithmetic before anything is hashed.</summary>
    private async Task NodesAsync(LedgerPage page, long to, CancellationToken cancellation)
    {
        const string sql = """
            SELECT idx, hash FROM ledger_node WHERE level = @Level AND idx >= @From AND idx < @To
            """;
        for (var level = LedgerNodes.Step; to >> level > 0; level += LedgerNodes.Step)
        {
            if (page.From >> level == to >> level)
            {
                continue;
            }

            var range = new
            {
                Level = level,
                From = page.From >> level,
                To = to >> level,
            };
            foreach (var row in await connection.ListAsync<NodeRow>(sql, range, cancellation))
            {
                page.Nodes[(level, row.Idx)] = row.Hash.Length == Hash.Size ? Hash.From(row.Hash) : Hash.Zero;
            }
        }
    }

    private async Task HeadsAsync(LedgerPage page, long to, CancellationToken cancellation)
    {
        const string sql = """
            SELECT size, root, jws FROM ledger_head WHERE size > @From AND size <= @To ORDER BY size
            """;
        page.Heads.AddRange(
            await connection.ListAsync<LedgerPage.HeadRow>(sql, new { page.From, To = to }, cancellation)
        );
    }

    private sealed class NodeRow
    {
        public long Idx { get; init; }
        public byte[] Hash { get; init; } = [];
    }
}
