using Entente.Protocol;

namespace Entente.Node.Ledger;

/// <summary>Two heads of one partner, the smaller first, that a consistency proof must join.</summary>
internal sealed record ProofWanted(long First, Hash FirstRoot, long Second, Hash SecondRoot);
