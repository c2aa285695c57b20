using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// TLP 2.0: RED is for the recipients named, AMBER+STRICT for our organisation, AMBER for it and those it serves, GREEN
/// for the community but no public place, CLEAR for all. Wider needs the giver's explicit permission.
/// </summary>
internal sealed class TrafficLightRule : IRule
{
    public string Id => "tlp";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        var held = disclosure.Foreign.FirstOrDefault(content => !content.Permitted && Exceeds(disclosure, content));
        return held is null
            ? default
            : new(
                new Finding(
                    Id,
                    Verdict.Refuse,
                    new Phrase("guard.tlp.reason", held.GivenBy, "TLP:" + held.Tlp),
                    new Phrase("guard.source.text", "FIRST, Traffic Light Protocol 2.0"),
                    new Phrase("guard.tlp.remedy", held.GivenBy),
                    Role.Officer
                )
            );
    }

    private static bool Exceeds(Disclosure disclosure, ForeignContent content) =>
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

    /// <summary>Back to its giver it tells nothing new.</summary>
    private static bool Elsewhere(Disclosure disclosure, ForeignContent content) =>
        disclosure.Leaves && content.GivenBy != disclosure.Partner;

    private static bool Named(Officer officer, ForeignContent content) =>
        content.NamedRecipients.Count == 0 || content.NamedRecipients.Contains(officer.Unit);
}
