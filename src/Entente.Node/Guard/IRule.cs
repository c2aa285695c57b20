namespace Entente.Node.Guard;

/// <summary>
/// One rule of the guard. Adding one is adding its class under `Guard/Rules` and its labels: the guard finds it. A rule
/// that needs more than the disclosure's facts takes what it needs in its constructor.
/// </summary>
internal interface IRule
{
    /// <summary>As it stands in the ledger: `ceiling`.</summary>
    string Id { get; }

    /// <summary>The objection, or null where the rule has none.</summary>
    ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation);
}
