using System.Numerics;

namespace Entente.Protocol;

/// <summary>The verifiers of RFC 9162 §2.1.3.2 and §2.1.4.2, with its names: fn and sn walk up from leaf and last leaf.</summary>
internal static class MerkleProofs
{
    public static bool Inclusion(Hash leaf, long index, long size, IReadOnlyList<Hash> path, Hash root)
    {
        if (index < 0 || index >= size)
            return false;
        var (fn, sn, r) = (index, size - 1, leaf);
        foreach (var p in path)
        {
            if (sn == 0)
                return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                r = MerkleTree.NodeHash(p, r);
                SkipMissingSiblings(ref fn, ref sn);
            }
            else
            {
                r = MerkleTree.NodeHash(r, p);
            }
            (fn, sn) = (fn >> 1, sn >> 1);
        }
        return sn == 0 && r == root;
    }

    public static bool Consistency(long first, Hash firstRoot, long second, Hash secondRoot, IReadOnlyList<Hash> path)
    {
        if (first < 0 || first > second)
            return false;
        if (first == second)
            return path.Count == 0 && firstRoot == secondRoot;
        if (first == 0)
            return path.Count == 0 && firstRoot == MerkleTree.EmptyRoot;
        if (path.Count == 0)
            return false;

        // A first tree that is one complete subtree is its own first step and is not sent.
        var complete = BitOperations.IsPow2(first);
        var start = complete ? firstRoot : path[0];
        var (fn, sn) = (first - 1, second - 1);
        while ((fn & 1) == 1)
            (fn, sn) = (fn >> 1, sn >> 1);
        return Climb(fn, sn, start, path, complete ? 0 : 1, firstRoot, secondRoot);
    }

    private static bool Climb(
        long fn,
        long sn,
        Hash start,
        IReadOnlyList<Hash> path,
        int from,
        Hash firstRoot,
        Hash secondRoot
    )
    {
        var (fr, sr) = (start, start);
        for (var i = from; i < path.Count; i++)
        {
            if (sn == 0)
                return false;
            var c = path[i];
            if ((fn & 1) == 1 || fn == sn)
            {
                (fr, sr) = (MerkleTree.NodeHash(c, fr), MerkleTree.NodeHash(c, sr));
                SkipMissingSiblings(ref fn, ref sn);
            }
            else
            {
                sr = MerkleTree.NodeHash(sr, c);
            }
            (fn, sn) = (fn >> 1, sn >> 1);
        }
        return sn == 0 && fr == firstRoot && sr == secondRoot;
    }

    private static void SkipMissingSiblings(ref long fn, ref long sn)
    {
        while ((fn & 1) == 0 && fn != 0)
            (fn, sn) = (fn >> 1, sn >> 1);
    }
}
