using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// Where what is told can lead to a death sentence or to torture, it goes only under an assurance on record that covers it
/// and has not run out, or by a named official's decision.
/// </summary>
internal sealed class AssuranceRule : IRule
{
    public string Id => "assurance";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        if (!disclosure.TellsOfPersons || disclosure.UncoveredRisks.Count == 0)
        {
            return default;
        }

        return new(
            new Finding(
                Id,
                Verdict.NeedsApproval,
                new Phrase(
                    "guard.assurance.reason",
                    disclosure.PartnerCountry,
                    "guard.risk." + disclosure.UncoveredRisks[0]
                ),
                new Phrase("guard.source.text", "EU Charter art. 2(2), art. 4, art. 19(2)"),
                new Phrase("guard.assurance.remedy"),
                Role.Protection
            )
        );
    }
}
