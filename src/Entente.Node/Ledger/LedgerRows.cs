using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Ledger;

/// <summary>The rows that some events become at the edge of the tree: their leaves, and the kept nodes they complete.</summary>
internal sealed class LedgerRows
{
    /// <summary>Few enough that the next can be made while these are written, many enough to be worth a task.</summary>
    private const int Chunk = 1024;

    private static readonly string[] LeafColumns =
    [
        "Idx",
        "At",
        "Actor",
        "Action",
        "Object",
        "Why",
        "Hash",
        "Link",
        "Json",
    ];
    private static readonly string[] NodeColumns = ["Level", "Idx", "Hash"];

    private readonly List<object?[]> _leaves;
    private readonly List<object?[]> _nodes;

    private LedgerRows(int count)
    {
        _leaves = new List<object?[]>(count);
        _nodes = new List<object?[]>((count >> LedgerNodes.Step) + 1);
    }

    /// <summary>Grows the edge by the events and stores them. In bulk, one core hashes while the other writes.</summary>
    public static async Task StoreAsync(
        Transaction transaction,
        MerkleFrontier edge,
        IReadOnlyList<LedgerEvent> events,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        if (events.Count <= Chunk)
        {
            await Make(edge, events, 0, at).InsertAsync(transaction, cancellation);
            return;
        }

        var next = Task.Run(() => Make(edge, events, 0, at), cancellation);
        for (var from = 0; from < events.Count; from += Chunk)
        {
            var made = await next;
            var after = from + Chunk;
            next = Task.Run(() => Make(edge, events, after, at), cancellation);
            await made.InsertAsync(transaction, cancellation);
        }

        await next; // Empty: nothing runs on when this returns.
    }

    private static LedgerRows Make(MerkleFrontier edge, IReadOnlyList<LedgerEvent> events, int from, DateTimeOffset at)
    {
        var to = Math.Min(events.Count, from + Chunk);
        var rows = new LedgerRows(Math.Max(0, to - from));
        var completed = new List<MerkleNode>();
        object time = at.ToUnixTimeMilliseconds();
        var leaf = new LedgerLeaf.Writer(at);
        for (var i = from; i < to; i++)
        {
            var e = events[i];
            var text = leaf.Text(e);
            rows._leaves.Add([
                edge.Size,
                time,
                e.Actor,
                LedgerLog.ActionName(e.Action),
                e.Object,
                e.Why,
                e.Hash,
                e.Link,
                text,
            ]);
            completed.Clear();
            edge.Append(LedgerLeaf.HashOf(text), completed);
            rows.Keep(completed);
        }

        return rows;
    }

    private void Keep(List<MerkleNode> completed)
    {
        foreach (var node in completed)
        {
            if (LedgerNodes.IsKept(node.Level))
            {
                _nodes.Add([node.Level, node.Index, node.Hash.ToArray()]);
            }
        }
    }

    private async Task InsertAsync(Transaction transaction, CancellationToken cancellation)
    {
        const string leaf = """
            INSERT INTO ledger_leaf (idx, at, actor, action, object, why, hash, link, json)
            VALUES (@Idx, @At, @Actor, @Action, @Object, @Why, @Hash, @Link, @Json)
            """;
        await Bulk.ExecuteAsync(transaction, leaf, LeafColumns, _leaves, cancellation);
        const string node = "INSERT INTO ledger_node (level, idx, hash) VALUES (@Level, @Idx, @Hash)";
        await Bulk.ExecuteAsync(transaction, node, NodeColumns, _nodes, cancellation);
    }
}
