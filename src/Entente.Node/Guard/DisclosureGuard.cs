using Entente.Node.Hosting;

namespace Entente.Node.Guard;

/// <summary>Asks every rule about a disclosure. Deny by default: an objection of any rule stands.</summary>
internal sealed class DisclosureGuard(IEnumerable<IRule> rules, NodeMeters? meters = null)
{
    private readonly IReadOnlyList<IRule> _rules = [.. rules.OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    public IReadOnlyList<string> Rules => [.. _rules.Select(rule => rule.Id)];

    public async Task<Decision> DecideAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var rule in _rules)
        {
            var finding = await rule.CheckAsync(disclosure, cancellation);
            if (finding is not null && !Approved(disclosure, finding))
            {
                findings.Add(finding);
            }
        }

        foreach (var refused in findings.Where(finding => finding is { Verdict: Verdict.Refuse, Silent: false }))
        {
            meters?.Refused(refused.Rule);
        }

        return Decision.Of(findings);
    }

    /// <summary>
    /// What can be said before anything is written: for a button that would lead to a refusal. Nothing is counted as
    /// refused, and what is held in silence is not foreseen.
    /// </summary>
    public async Task<Decision> ForeseeAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var rule in _rules.Where(rule => rule.Foreseen))
        {
            if (await rule.CheckAsync(disclosure, cancellation) is { Silent: false } finding)
            {
                findings.Add(finding);
            }
        }

        return Decision.Of(findings);
    }

    /// <summary>An approval lifts a need of approval, never a refusal.</summary>
    private static bool Approved(Disclosure disclosure, Finding finding) =>
        finding.Verdict == Verdict.NeedsApproval && disclosure.Approved.Contains(finding.Rule);
}
