using System.Data.Common;
using Entente.Node.Ledger;
using Entente.Protocol;

namespace Entente.Node.Verification;

/// <summary>
/// Builds the tree again out of the leaves and holds everything stored against it: places, canonical form, kept nodes,
/// the node's own signed heads.
/// </summary>
internal sealed class LedgerCheck(DbConnection connection, Cards cards, Report report)
{
    /// <summary>A hole is filled, so that what follows it is judged in its place; a wider one ends the check.</summary>
    private const long WidestHole = 1_000_000;

    private readonly MerkleFrontier _tree = new();
    private readonly List<MerkleNode> _completed = [];
    private long _kept;

    public async Task<LedgerHead> RunAsync(Advance progress, CancellationToken cancellation)
    {
        var total = await connection.CountAsync("SELECT COALESCE(MAX(idx) + 1, 0) FROM ledger_leaf", cancellation);
        await foreach (var page in new LedgerPages(connection).ReadAsync(cancellation))
        {
            if (!Add(page))
            {
                break;
            }

            progress.At(_tree.Size, total);
        }

        await CheckRemainderAsync(cancellation);
        return new LedgerHead(_tree.Size, _tree.Root, default);
    }

    /// <returns>Whether the next page can be judged.</returns>
    private bool Add(LedgerPage page)
    {
        report.Count("ledger leaves", page.Count);
        foreach (var problem in page.Problems)
        {
            report.Add(problem.Row, problem.What);
        }

        var heads = new Queue<LedgerPage.HeadRow>(page.Heads);
        foreach (var (index, hash) in page.Hashes)
        {
            if (index != _tree.Size && !Fill(index))
            {
                return false;
            }

            Append(hash, page);
            CheckHeads(heads);
        }

        return true;

        // A hole shifts everything after it; one problem is enough to say so.
        bool Fill(long index)
        {
            report.Add($"ledger_leaf {index}", $"The leaf before it is {_tree.Size - 1}: some are gone.");
            if (index - _tree.Size > WidestHole)
            {
                return false;
            }

            while (_tree.Size < index)
            {
                Append(Hash.Zero, page);
            }

            return true;
        }
    }

    private void Append(Hash leaf, LedgerPage page)
    {
        _completed.Clear();
        _tree.Append(leaf, _completed);
        foreach (var node in _completed)
        {
            if (!LedgerNodes.IsKept(node.Level))
            {
                continue;
            }

            _kept++;
            report.Count("ledger nodes");
            if (!page.Nodes.TryGetValue((node.Level, node.Index), out var stored) || stored != node.Hash)
            {
                report.Add(
                    $"ledger_node {node.Level} {node.Index}",
                    "It is missing, or it is not the hash of the leaves below it."
                );
            }
        }
    }

    private void CheckSignature(LedgerPage.HeadRow head, string row)
    {
        if (!cards.Has(cards.Self))
        {
            // A node that has shown itself to nobody has no card that says which key is its own.
            report.Count("own tree heads signed before the first card");
            return;
        }

        var signed = cards.Open(cards.Self, key => TreeHead.Open(head.Jws, key));
        report.Expect(
            signed.Ok && signed.Value.Size == head.Size && signed.Value.Root.ToString() == head.Root,
            "own tree heads",
            row,
            $"Its signature does not say what the row says. {signed.Refusal?.Detail}"
        );
    }

    private void CheckHeads(Queue<LedgerPage.HeadRow> heads)
    {
        while (heads.TryPeek(out var head) && head.Size <= _tree.Size)
        {
            heads.Dequeue();
            var row = $"ledger_head {head.Size}";
            CheckSignature(head, row);
            if (head.Root != _tree.Root.ToString())
            {
                report.Add(
                    row,
                    "The leaves do not add up to the root that this node signed: the ledger was rewritten."
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
        foreach (var head in await connection.ListAsync<LedgerPage.HeadRow>(sql, new { _tree.Size }, cancellation))
        {
            report.Add(
                $"ledger_head {head.Size}",
                $"The ledger has only {_tree.Size} leaves: leaves were taken off the end."
            );
        }
    }
}
