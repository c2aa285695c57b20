using Entente.Node.Features.Accounts;
using Entente.Protocol;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// Content is for the units that take part in the matter. A supervisor sees all units; the desk, whose matter is the whole
/// relation, counts them all and reads none; an auditor reads the ledger and codes,
/// and no content.
/// </summary>
internal sealed class NeedToKnowRule : IRule
{
    public string Id => "need-to-know";

    public bool Foreseen => true;

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        var officer = disclosure.Officer;
        if (IsOfACase(disclosure) && !WorksOnIt(disclosure))
        {
            return new(Finding(new Phrase("guard.need-to-know.role")));
        }

        if (
            disclosure.Leaves
            || disclosure.Units.Count == 0
            || disclosure.Units.Contains(officer.Unit)
            || officer.Is(Role.Supervisor)
            || (disclosure.Act == DisclosureAct.Count && officer.Is(Role.Desk))
            || (disclosure.CodesOnly && (officer.Is(Role.Auditor) || officer.Is(Role.Protection)))
        )
        {
            return default;
        }

        return new(Finding(new Phrase("guard.need-to-know.reason", disclosure.Units[0])));
    }

    /// <summary>Joint texts are written to be read; a count shows nothing.</summary>
    private static bool IsOfACase(Disclosure disclosure) =>
        disclosure is { Leaves: false, ShowsContent: true }
        && disclosure.Kind is not (Kinds.Proposal or Kinds.Adoption or Kinds.Activity);

    /// <summary>Data-protection officers answer for what is held; a briefing is the desk's work.</summary>
    private static bool WorksOnIt(Disclosure disclosure) =>
        disclosure.Officer.Is(Role.Officer)
        || disclosure.Officer.Is(Role.Supervisor)
        || disclosure.Officer.Is(disclosure.Kind == Departing.Briefing ? Role.Desk : Role.Protection);

    private Finding Finding(Phrase reason) =>
        new(
            Id,
            Verdict.Refuse,
            reason,
            new Phrase("guard.source.text", "Council Decision 2013/488/EU art. 7"),
            new Phrase("guard.need-to-know.remedy"),
            Role.Supervisor
        );
}
