using FsCheck;
using FsCheck.Fluent;

namespace Entente.Protocol.Tests;

public sealed class MerkleProperties
{
    private static readonly Forest Ledger = Forest.Of(3000);

    [Fact]
    public void A_proof_verifies_for_its_own_leaf_index_size_and_root_only() =>
        Prop.ForAll(
                Places().ToArbitrary(),
                Places().ToArbitrary(),
                (right, other) =>
                {
                    var path = MerkleTree.InclusionProof(Ledger, right.Index, right.Size);
                    var holds = Verify(right.Index, right.Index, right.Size, right.Size, path);
                    // Another size may share a path's shape, never its root.
                    return holds
                        && (
                            other.Index == right.Index
                            || !Verify(other.Index, right.Index, right.Size, right.Size, path)
                        )
                        && (
                            other.Index == right.Index
                            || !Verify(right.Index, other.Index, right.Size, right.Size, path)
                        )
                        && (
                            other.Size == right.Size || !Verify(right.Index, right.Index, other.Size, other.Size, path)
                        );
                }
            )
            .Check(Generate.Times(1000));

    [Fact]
    public void A_ledger_is_consistent_with_each_of_its_pasts() =>
        Prop.ForAll(
                Places().ToArbitrary(),
                place =>
                {
                    var (first, second) = (place.Index + 1, place.Size);
                    var path = MerkleTree.ConsistencyProof(Ledger, first, second);
                    return MerkleTree.VerifyConsistency(first, Ledger.Root(first), second, Ledger.Root(second), path);
                }
            )
            .Check(Generate.Times(1000));

    [Fact]
    public void A_proof_altered_in_any_step_proves_nothing() =>
        Prop.ForAll(
                Places().Where(place => place.Size > 1).ToArbitrary(),
                Gen.Choose(0, 1000).ToArbitrary(),
                (place, step) =>
                {
                    var path = MerkleTree.InclusionProof(Ledger, place.Index, place.Size).ToArray();
                    path[step % path.Length] = Hash.Of(path[step % path.Length].ToArray());
                    return !Verify(place.Index, place.Index, place.Size, place.Size, path);
                }
            )
            .Check(Generate.Times(500));

    private static bool Verify(int leaf, int index, int size, int rootOf, IReadOnlyList<Hash> path) =>
        MerkleTree.VerifyInclusion(Ledger.Leaf(leaf), index, size, path, Ledger.Root(rootOf));

    private static Gen<(int Index, int Size)> Places() =>
        from size in Gen.Choose(1, 3000)
        from index in Gen.Choose(0, size - 1)
        select (index, size);
}
