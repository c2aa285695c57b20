using System.Numerics;

namespace Entente.Protocol;

/// <summary>
/// The right edge of a growing tree: at most one complete subtree per level. Appending costs one hash on average and
/// names the complete subtrees to store. Not safe for several threads: a ledger has one writer.
/// </summary>
public sealed class MerkleFrontier
{
    // _peaks[level] is meaningful exactly when that bit of Size is set.
    private readonly Hash[] _peaks = new Hash[63];

    public MerkleFrontier() { }

    /// <summary>Resumes a tree of <paramref name="size"/> leaves from its store, with at most 63 reads.</summary>
    public MerkleFrontier(IMerkleNodes nodes, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        Size = size;
        for (var level = 0; level < _peaks.Length; level++)
            if (IsSet(size, level))
                _peaks[level] = nodes.Node(level, (size >> level) - 1);
    }

    public long Size { get; private set; }

    public Hash Root
    {
        get
        {
            if (Size == 0)
                return MerkleTree.EmptyRoot;
            var level = BitOperations.TrailingZeroCount(Size);
            var root = _peaks[level];
            while (++level < _peaks.Length)
                if (IsSet(Size, level))
                    root = MerkleTree.NodeHash(_peaks[level], root);
            return root;
        }
    }

    /// <summary>Appends a leaf hash and adds every subtree that it completes, the leaf first, to <paramref name="completed"/>.</summary>
    public void Append(Hash leaf, ICollection<MerkleNode>? completed = null)
    {
        var (node, level, index) = (leaf, 0, Size);
        completed?.Add(new MerkleNode(0, index, leaf));
        for (; (index & 1) == 1; index >>= 1)
        {
            node = MerkleTree.NodeHash(_peaks[level], node);
            level++;
            completed?.Add(new MerkleNode(level, index >> 1, node));
        }
        _peaks[level] = node;
        Size++;
    }

    private static bool IsSet(long size, int level) => ((size >> level) & 1) == 1;
}
