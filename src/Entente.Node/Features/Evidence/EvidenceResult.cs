using Entente.Node.Guard;

namespace Entente.Node.Features.Evidence;

/// <summary>What became of asking for evidence.</summary>
internal abstract record EvidenceResult
{
    /// <param name="Lacking">Why the partner's ledger proof is not in it; null when it is.</param>
    internal sealed record Made(Protocol.Evidence File, string? Lacking) : EvidenceResult;

    /// <summary>All but the partner's ledger proof is here.</summary>
    internal sealed record Incomplete(string Failure) : EvidenceResult;

    internal sealed record Refused(Decision Decision) : EvidenceResult;

    /// <summary>No such message in a case of the officer's.</summary>
    internal sealed record Unknown : EvidenceResult;

    /// <param name="Why">`not-receipted`, `erased`, `no-card`.</param>
    internal sealed record Unprovable(string Why) : EvidenceResult;
}
