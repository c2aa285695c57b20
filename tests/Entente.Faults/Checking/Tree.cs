using System.Buffers.Text;
using System.Security.Cryptography;

namespace Entente.Faults.Checking;

/// <summary>RFC 9162 §2.1.1, written down as the text says it, and the roots of all the sizes that somebody signed.</summary>
internal static class Tree
{
    public static byte[] Leaf(ReadOnlySpan<byte> bytes)
    {
        var input = new byte[bytes.Length + 1];
        bytes.CopyTo(input.AsSpan(1));
        return SHA256.HashData(input);
    }

    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> input = stackalloc byte[65];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[33..]);
        return SHA256.HashData(input);
    }

    /// <summary>MTH of the leaves' hashes.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length < 2)
        {
            return leaves.Length == 0 ? SHA256.HashData([]) : leaves[0];
        }

        var half = 1; // The largest power of two smaller than the number of leaves.
        while (half * 2 < leaves.Length)
        {
            half *= 2;
        }

        return Node(Root(leaves[..half]), Root(leaves[half..]));
    }

    public static string Text(byte[] hash) => Base64Url.EncodeToString(hash);

    /// <summary>The root at each of the sizes asked for that the tree has reached, in one pass over the leaves.</summary>
    public static Dictionary<long, string> RootsAt(IReadOnlyList<byte[]> leaves, IReadOnlySet<long> sizes)
    {
        var roots = new Dictionary<long, string>();
        var full = new Stack<(int Height, byte[] Hash)>(); // Complete subtrees, the smallest on top.
        for (var size = 1; size <= leaves.Count; size++)
        {
            var (height, hash) = (0, leaves[size - 1]);
            while (full.TryPeek(out var last) && last.Height == height)
            {
                hash = Node(full.Pop().Hash, hash);
                height++;
            }

            full.Push((height, hash));
            if (sizes.Contains(size))
            {
                roots[size] = Text(Fold(full));
            }
        }

        return roots;
    }

    private static byte[] Fold(Stack<(int Height, byte[] Hash)> full)
    {
        byte[]? root = null;
        foreach (var (_, hash) in full)
        {
            root = root is null ? hash : Node(hash, root);
        }

        return root!; // Never called on an empty tree.
    }
}
