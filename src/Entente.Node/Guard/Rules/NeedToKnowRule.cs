using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// Content is for the units that take part in the matter. A supervisor sees all units; the desk, whose matter is the whole
/// relation, counts them all and reads none; an auditor reads the ledger and no content.
/// </summary>
internal sealed class NeedToKnowRule : IRule
{
    public string Id => "need-to-know";

    public bool Foreseen => true;

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        var officer = disclosure.Officer;
        if (
            disclosure.Leaves
            || disclosure.Units.Count == 0
            || disclosure.Units.Contains(officer.Unit)
            || officer.Is(Role.Supervisor)
            || (disclosure.Act == DisclosureAct.Count && officer.Is(Role.Desk))
        )
        {
            return default;
        }

        return new(
            new Finding(
                Id,
                Verdict.Refuse,
                new Phrase("guard.need-to-know.reason", disclosure.Units[0]),
                new Phrase("guard.source.text", "Council Decision 2013/488/EU art. 7"),
                new Phrase("guard.need-to-know.remedy"),
                Role.Supervisor
            )
        );
    }
}
