using System.Numerics;
using System.Security.Cryptography;

namespace Entente.Protocol;

/// <summary>
/// RFC 9162 §2.1 over SHA-256: a leaf is hashed after the byte 0, a node after the byte 1. Proofs are computed from a
/// store of complete subtrees with O(log n) reads.
/// </summary>
public static class MerkleTree
{
    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static Hash EmptyRoot { get; } = Hash.Of([]);

    public static Hash LeafHash(ReadOnlySpan<byte> leaf)
    {
        const int OnStack = 1024;
        if (leaf.Length < OnStack)
        {
            Span<byte> input = stackalloc byte[leaf.Length + 1];
            leaf.CopyTo(input[1..]);
            return Hash.Of(input);
        }
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(leaf);
        Span<byte> digest = stackalloc byte[Hash.Size];
        hash.GetHashAndReset(digest);
        return Hash.From(digest);
    }

    public static Hash NodeHash(Hash left, Hash right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Hash.Size)];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Hash.Size)..]);
        return Hash.Of(input);
    }

    public static Hash Root(IReadOnlyList<Hash> leaves)
    {
        var frontier = new MerkleFrontier();
        for (var i = 0; i < leaves.Count; i++)
            frontier.Append(leaves[i]);
        return frontier.Root;
    }

    public static Hash Root(IMerkleNodes nodes, long size) => size == 0 ? EmptyRoot : Range(nodes, 0, size);

    /// <summary>The path from leaf <paramref name="index"/> to the root of the first <paramref name="size"/> leaves.</summary>
    public static IReadOnlyList<Hash> InclusionProof(IMerkleNodes nodes, long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<Hash>();
        var begin = 0L;
        while (size > 1)
        {
            var left = LeftSize(size);
            if (index - begin < left)
            {
                path.Add(Range(nodes, begin + left, size - left));
                size = left;
            }
            else
            {
                path.Add(Range(nodes, begin, left));
                (begin, size) = (begin + left, size - left);
            }
        }
        path.Reverse();
        return path;
    }

    /// <summary>The proof that the first <paramref name="first"/> leaves begin the first <paramref name="second"/>.</summary>
    public static IReadOnlyList<Hash> ConsistencyProof(IMerkleNodes nodes, long first, long second)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        if (first == 0 || first == second)
            return [];
        var path = new List<Hash>();
        var (begin, size, whole) = (0L, second, true);
        while (first != size)
        {
            var left = LeftSize(size);
            if (first <= left)
            {
                path.Add(Range(nodes, begin + left, size - left));
                size = left;
            }
            else
            {
                path.Add(Range(nodes, begin, left));
                (begin, size, first, whole) = (begin + left, size - left, first - left, false);
            }
        }
        if (!whole)
            path.Add(Range(nodes, begin, size));
        path.Reverse();
        return path;
    }

    public static bool VerifyInclusion(Hash leaf, long index, long size, IReadOnlyList<Hash> path, Hash root) =>
        MerkleProofs.Inclusion(leaf, index, size, path, root);

    public static bool VerifyConsistency(
        long first,
        Hash firstRoot,
        long second,
        Hash secondRoot,
        IReadOnlyList<Hash> path
    ) => MerkleProofs.Consistency(first, firstRoot, second, secondRoot, path);

    /// <summary>The hash over a range that begins a subtree: its complete parts are stored, the rest is joined.</summary>
    private static Hash Range(IMerkleNodes nodes, long begin, long size)
    {
        if (BitOperations.IsPow2(size))
        {
            var level = BitOperations.Log2((ulong)size);
            return nodes.Node(level, begin >> level);
        }
        var left = LeftSize(size);
        return NodeHash(Range(nodes, begin, left), Range(nodes, begin + left, size - left));
    }

    /// <summary>The largest power of two smaller than a size above 1.</summary>
    private static long LeftSize(long size) => 1L << BitOperations.Log2((ulong)(size - 1));
}
