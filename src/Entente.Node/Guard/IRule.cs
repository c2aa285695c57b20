namespace Entente.Node.Guard;

/// <summary>
/// One rule of the guard. Adding one is adding its class under `Guard/Rules` and its labels: the guard finds it. A rule
/// that needs more than the disclosure's facts takes what it needs in its constructor.
/// </summary>
internal interface IRule
{
    /// <summary>As it stands in the ledger: `ceiling`.</summary>
    string Id { get; }

    /// <summary>
    /// Judges by what is here before a word is written, so that a page can say beforehand that it stands in the way. Never
    /// true of a rule whose effect not everybody may know of.
    /// </summary>
    bool Foreseen => false;

    /// <summary>The objection, or null where the rule has none.</summary>
    ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation);
}
