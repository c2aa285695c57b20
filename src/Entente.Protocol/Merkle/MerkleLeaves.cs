namespace Entente.Protocol;

/// <summary>A small tree held in memory, such as an envelope's.</summary>
public sealed class MerkleLeaves : IMerkleNodes
{
    private readonly List<Hash[]> _levels = [];

    private MerkleLeaves(Hash[] leaves)
    {
        for (var level = leaves; level.Length > 0; level = Parents(level))
            _levels.Add(level);
    }

    public static MerkleLeaves Of(IEnumerable<Hash> leaves) => new([.. leaves]);

    public Hash Node(int level, long index) => _levels[level][index];

    private static Hash[] Parents(Hash[] children)
    {
        var parents = new Hash[children.Length / 2];
        for (var i = 0; i < parents.Length; i++)
            parents[i] = MerkleTree.NodeHash(children[2 * i], children[(2 * i) + 1]);
        return parents;
    }
}
