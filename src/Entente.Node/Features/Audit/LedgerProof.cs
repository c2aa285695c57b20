using System.Text;
using Entente.Node.Ledger;
using Entente.Protocol;

namespace Entente.Node.Features.Audit;

/// <summary>The proof that one event is in the ledger as it is now, checked as a stranger would check it.</summary>
internal sealed record LedgerProof(LedgerHead Head, Hash Leaf, IReadOnlyList<Hash> Path, bool Holds)
{
    public static async Task<LedgerProof> CheckAsync(
        LedgerLog ledger,
        LedgerEntry entry,
        CancellationToken cancellation
    )
    {
        var head = await ledger.HeadAsync(cancellation);
        var path = await ledger.InclusionAsync(entry.Idx, head.Size, cancellation);
        var leaf = MerkleTree.LeafHash(Encoding.UTF8.GetBytes(entry.Json));
        return new LedgerProof(
            head,
            leaf,
            path,
            MerkleTree.VerifyInclusion(leaf, entry.Idx, head.Size, path, head.Root)
        );
    }
}
