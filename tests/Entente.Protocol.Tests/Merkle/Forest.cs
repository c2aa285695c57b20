namespace Entente.Protocol.Tests;

/// <summary>A growing tree whose complete subtrees are kept as a node's store keeps them, with its root at every size.</summary>
internal sealed class Forest : IMerkleNodes
{
    private readonly Dictionary<(int, long), Hash> _nodes = [];
    private readonly List<Hash> _roots = [MerkleTree.EmptyRoot];

    public static Forest Of(int size, int changed = -1)
    {
        var forest = new Forest();
        var frontier = new MerkleFrontier();
        var completed = new List<MerkleNode>();
        for (var index = 0; index < size; index++)
        {
            frontier.Append(
                MerkleTree.LeafHash([(byte)(index >> 8), (byte)index, index == changed ? (byte)1 : (byte)0]),
                completed
            );
            forest._roots.Add(frontier.Root);
        }
        foreach (var node in completed)
            forest._nodes.Add((node.Level, node.Index), node.Hash);
        return forest;
    }

    public Hash Node(int level, long index) => _nodes[(level, index)];

    public Hash Leaf(int index) => _nodes[(0, index)];

    public Hash Root(int size) => _roots[size];
}
