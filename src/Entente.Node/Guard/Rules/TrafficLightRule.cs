using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// TLP 2.0: RED is for the recipients named, AMBER+STRICT for our organisation, AMBER for it and those it serves, GREEN
/// for the community but no public place, CLEAR for all. Wider needs the giver's explicit permission.
/// </summary>
internal sealed class TrafficLightRule() : LabelRule("tlp", "FIRST, Traffic Light Protocol 2.0")
{
    protected override string? Label(ForeignContent content) => content.Tlp;

    protected override bool Exceeds(Disclosure disclosure, ForeignContent content) =>
        content.Tlp switch
        {
            null or "CLEAR" => false,
            "GREEN" => disclosure.Act == DisclosureAct.Prove,
            "AMBER" or "AMBER+STRICT" => Elsewhere(disclosure, content) || disclosure.TakesOut,
            // RED, and a label nobody knows: as the strictest.
            _ => Elsewhere(disclosure, content)
                || disclosure.TakesOut
                || disclosure.Act == DisclosureAct.Brief
                || (disclosure.ShowsContent && !Named(disclosure.Officer, content)),
        };

    private static bool Named(Officer officer, ForeignContent content) =>
        content.NamedRecipients.Count == 0 || content.NamedRecipients.Contains(officer.Unit);
}
