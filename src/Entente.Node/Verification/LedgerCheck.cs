using System.Data.Common;
using System.Text;
using Entente.Node.Ledger;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Verification;

/// <summary>
/// Builds the tree again out of the leaves and holds everything stored against it: places, canonical form, kept nodes,
/// the node's own signed heads.
/// </summary>
internal sealed class LedgerCheck(DbConnection connection, Cards cards, Report report)
{
    private readonly MerkleFrontier _tree = new();
    private readonly List<MerkleNode> _completed = [];
    private readonly Dictionary<string, LedgerAction> _actions = Enum.GetValues<LedgerAction>()
        .ToDictionary(LedgerLog.ActionName);
    private long _kept;

    public async Task<LedgerHead> RunAsync(Advance progress, CancellationToken cancellation)
    {
        const string sql = """
            SELECT idx, at, actor, action, object, why, hash, link, json
            FROM ledger_leaf WHERE idx > @After ORDER BY idx LIMIT @Page
            """;
        var total = await connection.CountAsync("SELECT COALESCE(MAX(idx) + 1, 0) FROM ledger_leaf", cancellation);
        var after = -1L;
        while (
            await connection.ListAsync<LeafRow>(sql, new { After = after, Rows.Page }, cancellation)
                is { Count: > 0 } page
        )
        {
            var heads = await HeadsAsync(after, page[^1].Idx + 1, cancellation);
            _completed.Clear();
            foreach (var leaf in page)
            {
                Add(leaf);
                CheckHeads(heads);
            }

            await CheckNodesAsync(cancellation);
            after = page[^1].Idx;
            progress.At(after + 1, total);
        }

        await CheckRemainderAsync(cancellation);
        return new LedgerHead(_tree.Size, _tree.Root, default);
    }

    private void Add(LeafRow leaf)
    {
        var row = $"ledger_leaf {leaf.Idx}";
        report.Expect(
            leaf.Idx == _tree.Size,
            "ledger leaves",
            row,
            $"The leaf before it is {_tree.Size - 1}: some are gone."
        );
        var bytes = Encoding.UTF8.GetBytes(leaf.Json);
        if (Text(leaf) != leaf.Json)
        {
            var canonical = CanonicalJson.Of(bytes);
            report.Add(
                row,
                canonical.Ok && canonical.Value.AsSpan().SequenceEqual(bytes)
                    ? "Its columns do not say what the leaf says."
                    : "It is not canonical JSON."
            );
        }

        // A hole shifts everything after it; one problem is enough to say so.
        while (_tree.Size < leaf.Idx)
        {
            _tree.Append(Hash.Zero, _completed);
        }

        _tree.Append(MerkleTree.LeafHash(bytes), _completed);
    }

    private string? Text(LeafRow leaf) =>
        _actions.TryGetValue(leaf.Action, out var action) && (leaf.Hash is null || Hash.TryParse(leaf.Hash, out _))
            ? LedgerLeaf.Text(new LedgerEvent(leaf.Actor, action, leaf.Object, leaf.Why, leaf.Hash, leaf.Link), leaf.At)
            : null;

    private async Task<Queue<HeadRow>> HeadsAsync(long after, long to, CancellationToken cancellation)
    {
        const string sql = """
            SELECT size, root, jws FROM ledger_head WHERE size > @After AND size <= @To ORDER BY size
            """;
        var from = Math.Max(after + 1, 0);
        return new Queue<HeadRow>(
            await connection.ListAsync<HeadRow>(sql, new { After = from, To = to }, cancellation)
        );
    }

    private void CheckHeads(Queue<HeadRow> heads)
    {
        while (heads.TryPeek(out var head) && head.Size <= _tree.Size)
        {
            heads.Dequeue();
            var row = $"ledger_head {head.Size}";
            var signed = cards.Open(cards.Self, key => TreeHead.Open(head.Jws, key));
            report.Expect(
                signed.Ok && signed.Value.Size == head.Size && signed.Value.Root.ToString() == head.Root,
                "own tree heads",
                row,
                $"Its signature does not say what the row says. {signed.Refusal?.Detail}"
            );
            if (head.Root != _tree.Root.ToString())
            {
                report.Add(
                    row,
                    "The leaves do not add up to the root that this node signed: the ledger was rewritten."
                );
            }
        }
    }

    private async Task CheckNodesAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT idx, hash FROM ledger_node WHERE level = @Level AND idx >= @From AND idx <= @To
            """;
        foreach (var level in _completed.Where(n => LedgerNodes.IsKept(n.Level)).GroupBy(n => n.Level))
        {
            var expected = level.ToDictionary(n => n.Index, n => n.Hash);
            var stored = (
                await connection.ListAsync<NodeRow>(
                    sql,
                    new
                    {
                        Level = level.Key,
                        From = expected.Keys.Min(),
                        To = expected.Keys.Max(),
                    },
                    cancellation
                )
            ).ToDictionary(n => n.Idx, n => n.Hash);
            _kept += expected.Count;
            foreach (var (index, hash) in expected)
            {
                report.Expect(
                    stored.TryGetValue(index, out var found) && found.AsSpan().SequenceEqual(hash.ToArray()),
                    "ledger nodes",
                    $"ledger_node {level.Key} {index}",
                    "It is missing, or it is not the hash of the leaves below it."
                );
            }
        }
    }

    private async Task CheckRemainderAsync(CancellationToken cancellation)
    {
        report.Count("ledger leaves", 0);
        var stored = await connection.CountAsync("SELECT COUNT(*) FROM ledger_node", cancellation);
        if (stored > _kept)
        {
            report.Add("ledger_node", $"{stored - _kept} nodes stand over no leaves: leaves were taken off the end.");
        }

        const string sql = "SELECT size, root, jws FROM ledger_head WHERE size > @Size ORDER BY size LIMIT 1";
        foreach (var head in await connection.ListAsync<HeadRow>(sql, new { _tree.Size }, cancellation))
        {
            report.Add(
                $"ledger_head {head.Size}",
                $"The ledger has only {_tree.Size} leaves: leaves were taken off the end."
            );
        }
    }

    private sealed class LeafRow
    {
        public long Idx { get; init; }
        public DateTimeOffset At { get; init; }
        public string Actor { get; init; } = "";
        public string Action { get; init; } = "";
        public string Object { get; init; } = "";
        public string Why { get; init; } = "";
        public string? Hash { get; init; }
        public string? Link { get; init; }
        public string Json { get; init; } = "";
    }

    private sealed class HeadRow
    {
        public long Size { get; init; }
        public string Root { get; init; } = "";
        public string Jws { get; init; } = "";
    }

    private sealed class NodeRow
    {
        public long Idx { get; init; }
        public byte[] Hash { get; init; } = [];
    }
}
