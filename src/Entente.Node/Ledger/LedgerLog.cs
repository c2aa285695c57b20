using System.Data.Common;
using Dapper;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Ledger;

/// <summary>
/// The node's append-only log: a Merkle tree (RFC 9162) whose leaves are appended in the transaction of the change they
/// account for. Their order is the order of commits.
/// </summary>
internal sealed class LedgerLog(Database database, TimeProvider clock, LedgerHealth health)
{
    private static readonly string[] ActionNames =
    [
        .. Enum.GetValues<LedgerAction>()
            .Select(a => a == LedgerAction.SignIn ? "sign-in" : a.ToString().ToLowerInvariant()),
    ];

    // The right edge of the tree as last committed here. A transaction takes it, grows it and gives it back when it is
    // durable; rolled back, it is simply lost, and the next append reads the edge again.
    private MerkleFrontier? _edge;
    private Growth? _growth;
    private LedgerHead? _head;

    /// <summary>Appends the events and returns the index of the first of them; the others follow it.</summary>
    public async Task<long> AppendAsync(
        Transaction transaction,
        IReadOnlyList<LedgerEvent> events,
        CancellationToken cancellation
    )
    {
        try
        {
            return await GrowAsync(transaction, events, cancellation);
        }
        catch (DbException)
        {
            health.Failed();
            throw;
        }
    }

    public Task<long> AppendAsync(Transaction transaction, LedgerEvent one, CancellationToken cancellation) =>
        AppendAsync(transaction, [one], cancellation);

    public Task<long> SizeAsync(CancellationToken cancellation) =>
        database.ReadAsync(c => SizeAsync(c, null, cancellation), cancellation);

    /// <summary>The ledger as it is now, committed. Cheap when this instance wrote last.</summary>
    public Task<LedgerHead> HeadAsync(CancellationToken cancellation) =>
        database.ReadAsync(
            async c =>
            {
                var size = await SizeAsync(c, null, cancellation);
                var known = _head;
                if (known is null || known.Size != size)
                {
                    known = new LedgerHead(size, await RootAsync(c, size, cancellation), default);
                    _head = known;
                }

                return known with
                {
                    At = WireTime.Round(clock.GetUtcNow()),
                };
            },
            cancellation
        );

    /// <summary>The root over the first <paramref name="size"/> leaves.</summary>
    public Task<Hash> RootAsync(long size, CancellationToken cancellation) =>
        database.ReadAsync(c => RootAsync(c, size, cancellation), cancellation);

    /// <summary>The path that proves leaf <paramref name="index"/> under the root of the first <paramref name="size"/>.</summary>
    public Task<IReadOnlyList<Hash>> InclusionAsync(long index, long size, CancellationToken cancellation) =>
        database.ReadAsync(
            c =>
                LedgerNodes.ComputeAsync(c, null, nodes => MerkleTree.InclusionProof(nodes, index, size), cancellation),
            cancellation
        );

    /// <summary>The proof that the ledger of <paramref name="second"/> leaves continues that of <paramref name="first"/>.</summary>
    public Task<IReadOnlyList<Hash>> ConsistencyAsync(long first, long second, CancellationToken cancellation) =>
        database.ReadAsync(
            c =>
                LedgerNodes.ComputeAsync(
                    c,
                    null,
                    nodes => MerkleTree.ConsistencyProof(nodes, first, second),
                    cancellation
                ),
            cancellation
        );

    /// <summary>The leaf's bytes as text (canonical JSON), or null when there is no such leaf.</summary>
    public Task<string?> LeafAsync(long index, CancellationToken cancellation)
    {
        const string sql = "SELECT json FROM ledger_leaf WHERE idx = @Index";
        return database.ReadAsync(
            c =>
                c.QuerySingleOrDefaultAsync<string?>(
                    new CommandDefinition(sql, new { Index = index }, cancellationToken: cancellation)
                ),
            cancellation
        );
    }

    /// <summary>The last leaf of such an event on the object, this transaction's included; null where there is none.</summary>
    public Task<long?> LastAsync(
        Transaction transaction,
        string @object,
        LedgerAction action,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT idx FROM ledger_leaf WHERE object = @Object AND action = @Action ORDER BY idx DESC LIMIT 1
            """;
        var values = new { Object = @object, Action = ActionName(action) };
        return transaction.OneAsync<long?>(sql, values, cancellation);
    }

    internal static string ActionName(LedgerAction action) => ActionNames[(int)action];

    internal static Task<Hash> RootAsync(DbConnection connection, long size, CancellationToken cancellation) =>
        LedgerNodes.ComputeAsync(connection, null, nodes => MerkleTree.Root(nodes, size), cancellation);

    private static Task<long> SizeAsync(
        DbConnection connection,
        DbTransaction? transaction,
        CancellationToken cancellation
    )
    {
        const string sql = "SELECT COALESCE(MAX(idx) + 1, 0) FROM ledger_leaf";
        return connection.ExecuteScalarAsync<long>(
            new CommandDefinition(sql, transaction: transaction, cancellationToken: cancellation)
        );
    }

    private async Task<long> GrowAsync(
        Transaction transaction,
        IReadOnlyList<LedgerEvent> events,
        CancellationToken cancellation
    )
    {
        var edge = await EdgeAsync(transaction, cancellation);
        var first = edge.Size;
        var at = clock.GetUtcNow();
        await LedgerRows.StoreAsync(transaction, edge, events, at, cancellation);
        GiveBackAfterCommit(transaction, edge);
        return first;
    }

    /// <summary>The tree's edge at the end of this transaction. The order of the ledger is the queue's: one writes at a time.</summary>
    private async Task<MerkleFrontier> EdgeAsync(Transaction transaction, CancellationToken cancellation)
    {
        if (Take(transaction.Inner) is { } grown)
        {
            return grown;
        }

        // Nobody but us adds leaves to this transaction, and we have not yet: no row kept back is a leaf.
        var size = await SizeAsync(transaction.Direct, transaction.Inner, cancellation);
        var edge = Interlocked.Exchange(ref _edge, null);
        return edge?.Size == size
            ? edge
            : await LedgerNodes.ComputeAsync(
                transaction.Direct,
                transaction.Inner,
                nodes => new MerkleFrontier(nodes, size),
                cancellation
            );
    }

    /// <summary>Works of one transaction grow the same edge; the first to be told of the commit gives it back.</summary>
    private void GiveBackAfterCommit(Transaction transaction, MerkleFrontier edge)
    {
        _growth = new Growth(transaction.Inner, edge);
        transaction.AfterUndone(lost =>
        {
            Take(transaction.Inner);
            if (lost)
            {
                health.Failed();
            }
        });
        transaction.AfterCommit(() =>
        {
            if (Take(transaction.Inner) is { } grown)
            {
                // Read before it is given away: the next transaction may grow it at once.
                _head = new LedgerHead(grown.Size, grown.Root, default);
                Interlocked.Exchange(ref _edge, grown);
            }

            health.Wrote();
        });
    }

    private MerkleFrontier? Take(DbTransaction transaction)
    {
        var growth = Volatile.Read(ref _growth);
        return
            growth is not null
            && ReferenceEquals(growth.Transaction, transaction)
            && ReferenceEquals(Interlocked.CompareExchange(ref _growth, null, growth), growth)
            ? growth.Edge
            : null;
    }

    private sealed record Growth(DbTransaction Transaction, MerkleFrontier Edge);
}
