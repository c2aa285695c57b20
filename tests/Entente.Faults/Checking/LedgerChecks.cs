using System.Globalization;
using System.Text;

namespace Entente.Faults.Checking;

/// <summary>
/// One node's ledger: no leaf missing, each the canonical JSON of its columns, the tree that is kept beside it right, and
/// every head that anybody has of it a head of this very tree.
/// </summary>
internal sealed class LedgerChecks(NodeTables tables, SigningKeys keys)
{
    private readonly byte[][] _leaves = [.. tables.Leaves.Select(leaf => Tree.Leaf(Encoding.UTF8.GetBytes(leaf.Json)))];

    public IEnumerable<string> Leaves()
    {
        for (var i = 0; i < tables.Leaves.Count; i++)
        {
            var leaf = tables.Leaves[i];
            if (leaf.Index != i)
            {
                yield return $"{tables.Node}: the ledger has leaf {leaf.Index} in place {i}";
                yield break;
            }

            if (leaf.Json != Canonical(leaf))
            {
                yield return $"{tables.Node}: leaf {i} is not the canonical JSON of its row: {leaf.Json}";
            }
        }
    }

    public IEnumerable<string> KeptNodes()
    {
        var kept = tables.NodeHashes.ToDictionary(n => (n.Level, n.Index), n => Tree.Text(n.Hash));
        var expected = 0;
        for (var (level, width) = (4, 16L); width <= _leaves.Length; (level, width) = (level + 4, width * 16))
        {
            for (var index = 0; (index + 1) * width <= _leaves.Length; index++, expected++)
            {
                var root = Tree.Text(Tree.Root(_leaves.AsSpan((int)(index * width), (int)width)));
                if (kept.GetValueOrDefault((level, index)) != root)
                {
                    yield return $"{tables.Node}: ledger_node {level} {index} is not over its leaves";
                }
            }
        }

        if (kept.Count != expected)
        {
            yield return $"{tables.Node}: {kept.Count} ledger nodes are kept where the leaves make {expected}";
        }
    }

    /// <param name="others">The other nodes' tables: what they hold as this one's word.</param>
    public IEnumerable<string> Heads(IReadOnlyList<NodeTables> others)
    {
        var own = tables.Heads.Where(h => h.Link is null).Select(h => (By: tables.Node, Head: h));
        var seen = others.SelectMany(o => o.Heads.Where(h => h.Link == tables.Node).Select(h => (By: o.Node, Head: h)));
        List<(string By, HeadRow Head)> heads = [.. own, .. seen];
        var roots = Tree.RootsAt(_leaves, heads.Select(h => h.Head.Size).ToHashSet());
        foreach (var (by, head) in heads)
        {
            var place = $"{by}: the head of {tables.Node} at {head.Size}";
            if (SignedHead(head) != (head.Size, head.Root))
            {
                yield return $"{place} is not what {tables.Node} signed";
            }

            if (roots.GetValueOrDefault(head.Size) != head.Root)
            {
                yield return $"{place} is not the root of its ledger";
            }
        }
    }

    /// <summary>The roots at these sizes; a size that the ledger has not reached is missing.</summary>
    public Dictionary<long, string> RootsAt(IEnumerable<long> sizes) => Tree.RootsAt(_leaves, sizes.ToHashSet());

    private (long Size, string Root) SignedHead(HeadRow head)
    {
        if (Signed.Read(head.Jws) is not { } signed)
        {
            return (-1, "");
        }

        if (signed.IsBy(keys.Of(tables.Node), "entente-tree-head+jwt"))
        {
            return (signed.Number("size"), signed["root"]);
        }

        return
            signed.IsBy(keys.Of(tables.Node), "entente-receipt+jwt")
            && signed.Payload.TryGetProperty("treeHead", out var inReceipt)
            ? (inReceipt.GetProperty("size").GetInt64(), Signed.Word(inReceipt, "root"))
            : (-1, "");
    }

    /// <summary>RFC 8785 for an event: members sorted, no space, only what must be is escaped.</summary>
    private static string Canonical(LeafRow leaf)
    {
        var at = DateTimeOffset
            .FromUnixTimeMilliseconds(leaf.At)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        (string Name, string? Value)[] members =
        [
            ("action", leaf.Action),
            ("actor", leaf.Actor),
            ("at", at),
            ("hash", leaf.Hash),
            ("link", leaf.Link),
            ("object", leaf.Object),
            ("why", leaf.Why),
        ];
        return $"{{{string.Join(
            ',',
            members.Where(m => m.Value is not null).Select(m => $"\"{m.Name}\":{Quoted(m.Value!)}")
        )}}}";
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                < ' ' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
