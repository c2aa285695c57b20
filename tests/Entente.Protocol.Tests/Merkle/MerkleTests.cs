namespace Entente.Protocol.Tests;

public sealed class MerkleTests
{
    /// <summary>The leaves that certificate-transparency implementations share as their reference.</summary>
    private static readonly string[] ReferenceLeaves =
    [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void The_reference_leaves_have_the_reference_roots(int size, string root)
    {
        var leaves = ReferenceLeaves
            .Take(size)
            .Select(leaf => MerkleTree.LeafHash(Convert.FromHexString(leaf)))
            .ToArray();

        MerkleTree.Root(leaves).ToHex().ShouldBe(root);
        MerkleTree.Root(MerkleLeaves.Of(leaves), size).ToHex().ShouldBe(root);
    }

    [Fact]
    public void The_reference_inclusion_path_of_leaf_5_of_8_is_the_known_one()
    {
        var nodes = MerkleLeaves.Of(ReferenceLeaves.Select(leaf => MerkleTree.LeafHash(Convert.FromHexString(leaf))));

        MerkleTree
            .InclusionProof(nodes, 5, 8)
            .Select(hash => hash.ToHex())
            .ShouldBe([
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]);
    }

    [Fact]
    public void The_reference_consistency_path_from_6_to_8_is_the_known_one()
    {
        var nodes = MerkleLeaves.Of(ReferenceLeaves.Select(leaf => MerkleTree.LeafHash(Convert.FromHexString(leaf))));

        MerkleTree
            .ConsistencyProof(nodes, 6, 8)
            .Select(hash => hash.ToHex())
            .ShouldBe([
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]);
    }

    [Fact]
    public void Every_inclusion_proof_up_to_70_leaves_verifies_and_only_where_it_belongs()
    {
        var forest = Forest.Of(70);
        for (var size = 1; size <= 70; size++)
        for (var index = 0; index < size; index++)
        {
            var path = MerkleTree.InclusionProof(forest, index, size);
            MerkleTree.VerifyInclusion(forest.Leaf(index), index, size, path, forest.Root(size)).ShouldBeTrue();
            OnlyThere(forest, index, size, path);
        }
    }

    [Fact]
    public void Every_consistency_proof_up_to_70_leaves_verifies_and_only_for_its_sizes()
    {
        var forest = Forest.Of(70);
        for (var second = 1; second <= 70; second++)
        for (var first = 1; first <= second; first++)
        {
            var path = MerkleTree.ConsistencyProof(forest, first, second);
            Consistent(forest, first, second, path).ShouldBeTrue($"{first} to {second}");
            MerkleTree
                .VerifyConsistency(first, Hash.OfText("other"), second, forest.Root(second), path)
                .ShouldBeFalse();
            MerkleTree.VerifyConsistency(first, forest.Root(first), second, Hash.OfText("other"), path).ShouldBeFalse();
            MerkleTree
                .VerifyConsistency(first, forest.Root(first), second, forest.Root(second), [.. path, Hash.Zero])
                .ShouldBeFalse();
            if (path.Count > 0)
                MerkleTree
                    .VerifyConsistency(first, forest.Root(first), second, forest.Root(second), [.. path.Skip(1)])
                    .ShouldBeFalse();
        }
    }

    [Fact]
    public void Every_ledger_goes_on_from_the_empty_one()
    {
        MerkleTree.VerifyConsistency(0, MerkleTree.EmptyRoot, 5, Forest.Of(5).Root(5), []).ShouldBeTrue();
        MerkleTree.VerifyConsistency(0, Hash.OfText("other"), 5, Forest.Of(5).Root(5), []).ShouldBeFalse();
    }

    [Fact]
    public void A_rewritten_leaf_makes_the_ledger_inconsistent()
    {
        var (honest, rewritten) = (Forest.Of(12), Forest.Of(20, changed: 3));

        var path = MerkleTree.ConsistencyProof(rewritten, 12, 20);

        MerkleTree.VerifyConsistency(12, honest.Root(12), 20, rewritten.Root(20), path).ShouldBeFalse();
    }

    [Fact]
    public void A_proof_to_one_size_does_not_prove_another_under_the_same_root()
    {
        var forest = Forest.Of(4);
        var path = MerkleTree.ConsistencyProof(forest, 2, 4);

        MerkleTree.VerifyConsistency(2, forest.Root(2), 7, forest.Root(4), path).ShouldBeFalse();
    }

    [Fact]
    public void A_shrunk_ledger_is_inconsistent()
    {
        var forest = Forest.Of(20);

        MerkleTree.VerifyConsistency(20, forest.Root(20), 12, forest.Root(12), []).ShouldBeFalse();
    }

    [Fact]
    public void Negative_sizes_and_indexes_prove_nothing()
    {
        MerkleTree.VerifyInclusion(Hash.Zero, -1, 1, [], Hash.Zero).ShouldBeFalse();
        MerkleTree.VerifyInclusion(Hash.Zero, 0, 0, [], Hash.Zero).ShouldBeFalse();
        MerkleTree.VerifyInclusion(Hash.Zero, long.MaxValue - 1, long.MaxValue, [], Hash.Zero).ShouldBeFalse();
        MerkleTree.VerifyConsistency(-1, Hash.Zero, 1, Hash.Zero, []).ShouldBeFalse();
        MerkleTree.VerifyConsistency(long.MaxValue, Hash.Zero, long.MaxValue, Hash.OfText("x"), []).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(37)]
    [InlineData(64)]
    public void A_frontier_resumed_from_its_store_goes_on_as_if_it_had_never_stopped(int stop)
    {
        var forest = Forest.Of(100);
        var resumed = new MerkleFrontier(forest, stop);
        resumed.Root.ShouldBe(forest.Root(stop));

        for (var index = stop; index < 100; index++)
            resumed.Append(forest.Leaf(index));

        resumed.Root.ShouldBe(forest.Root(100));
    }

    [Fact]
    public void A_proof_from_a_hundred_million_leaves_reads_few_nodes()
    {
        var nodes = new CountingNodes();

        MerkleTree.InclusionProof(nodes, 54_321_098, 100_000_000);
        MerkleTree.ConsistencyProof(nodes, 54_321_098, 100_000_000);

        nodes.Reads.ShouldBeLessThan(120);
    }

    private static void OnlyThere(Forest forest, int index, int size, IReadOnlyList<Hash> path)
    {
        var (leaf, root) = (forest.Leaf(index), forest.Root(size));
        MerkleTree.VerifyInclusion(Hash.OfText("other"), index, size, path, root).ShouldBeFalse();
        MerkleTree.VerifyInclusion(leaf, (index + 1) % size, size, path, root).ShouldBe(size == 1);
        MerkleTree.VerifyInclusion(leaf, index, size, path, Hash.OfText("other")).ShouldBeFalse();
        MerkleTree.VerifyInclusion(leaf, index, size, [.. path, Hash.Zero], root).ShouldBeFalse();
        if (path.Count > 0)
            MerkleTree.VerifyInclusion(leaf, index, size, [.. path.Skip(1)], root).ShouldBeFalse();
    }

    private static bool Consistent(Forest forest, int first, int second, IReadOnlyList<Hash> path) =>
        MerkleTree.VerifyConsistency(first, forest.Root(first), second, forest.Root(second), path);

    private sealed class CountingNodes : IMerkleNodes
    {
        public int Reads { get; private set; }

        public Hash Node(int level, long index)
        {
            Reads++;
            ((index + 1) << level).ShouldBeLessThanOrEqualTo(100_000_000);
            return Hash.OfText($"{level}/{index}");
        }
    }
}
