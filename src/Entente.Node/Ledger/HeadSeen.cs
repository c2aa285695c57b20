namespace Entente.Node.Ledger;

/// <summary>What a partner's tree head says beside those we have seen.</summary>
internal enum HeadSeen
{
    /// <summary>The first of this partner; later ones are held against it.</summary>
    First,

    /// <summary>Seen before.</summary>
    Same,

    /// <summary>Another size: the partner must prove that one ledger continues the other.</summary>
    NeedsProof,

    /// <summary>A later head of a smaller ledger: leaves are gone. An alarm is raised.</summary>
    Shrunk,

    /// <summary>The same size with another root, or a proof that fails: history is changed. An alarm is raised.</summary>
    Rewritten,
}
