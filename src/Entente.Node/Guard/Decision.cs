using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard;

/// <summary>What the guard says, from best to worst.</summary>
public enum Verdict
{
    /// <summary>No objection; a finding of this kind is a condition that the use is bound to.</summary>
    Allow,

    /// <summary>May go once a second person with the role named has approved.</summary>
    NeedsApproval,
    Refuse,
}

/// <summary>One rule's objection.</summary>
/// <param name="Rule">The rule's id, as it stands in the ledger.</param>
/// <param name="Reason">What is wrong, with the facts of the case.</param>
/// <param name="Source">The text or agreement the rule comes from.</param>
/// <param name="Remedy">What would make it lawful.</param>
/// <param name="WhoCan">Who can bring that about on this side; null where only the partner can.</param>
public sealed record Finding(string Rule, Verdict Verdict, Phrase Reason, Phrase Source, Phrase Remedy, Role? WhoCan)
{
    /// <summary>Nobody but the data-protection officers may learn of it: not the officer, not the ledger, not a count.</summary>
    public bool Silent { get; init; }
}

/// <summary>The guard's answer on one disclosure: the worst verdict of all rules, and everything they found.</summary>
public sealed record Decision(Verdict Verdict, IReadOnlyList<Finding> Findings)
{
    public static Decision Of(IReadOnlyList<Finding> findings)
    {
        IReadOnlyList<Finding> said = [.. findings.Where(finding => !finding.Silent)];
        return new Decision(said.Count == 0 ? Verdict.Allow : said.Max(finding => finding.Verdict), said)
        {
            Held = findings.Count > said.Count ? findings.First(finding => finding.Silent) : null,
        };
    }

    /// <summary>
    /// Stands against it in silence, whatever else is allowed: what was to leave stays, and everybody but the
    /// data-protection officers sees what they would have seen had it left.
    /// </summary>
    public Finding? Held { get; init; }

    public bool Allowed => Verdict == Verdict.Allow;

    /// <summary>What an allowed use is bound to: said beside the content, and printed with it.</summary>
    public IEnumerable<Finding> Conditions => Findings.Where(finding => finding.Verdict == Verdict.Allow);

    /// <summary>Whose approvals are missing.</summary>
    public IReadOnlyList<Role> Approvers =>
        [
            .. Findings
                .Where(finding => finding.Verdict == Verdict.NeedsApproval)
                .Select(finding => finding.WhoCan ?? Role.Supervisor)
                .Distinct()
                .Order(),
        ];

    /// <summary>The rules that ask for approval.</summary>
    public IReadOnlyList<string> ToApprove =>
        [.. Findings.Where(finding => finding.Verdict == Verdict.NeedsApproval).Select(finding => finding.Rule)];

    /// <summary>The rules that stand against it, as the ledger's `why`: `refused:basis,ceiling`.</summary>
    public string Why =>
        Verdict == Verdict.Allow
            ? "allowed"
            : (Verdict == Verdict.Refuse ? "refused:" : "needs-approval:")
                + string.Join(
                    ',',
                    Findings
                        .Where(finding => finding.Verdict == Verdict)
                        .Select(finding => finding.Rule)
                        .Distinct(StringComparer.Ordinal)
                        .Order(StringComparer.Ordinal)
                );
}
