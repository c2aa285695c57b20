namespace Entente.Protocol;

/// <summary>
/// A store of complete subtrees: node (level, index) is the hash over the leaves index·2^level up to, not including,
/// (index+1)·2^level. Level 0 holds the leaf hashes. Only complete subtrees are ever asked for, so nothing stored
/// changes when the tree grows.
/// </summary>
public interface IMerkleNodes
{
    Hash Node(int level, long index);
}

/// <summary>A complete subtree's place and hash, as a store keeps it.</summary>
public readonly record struct MerkleNode(int Level, long Index, Hash Hash);
