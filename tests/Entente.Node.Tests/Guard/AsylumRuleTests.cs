using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class AsylumRuleTests
{
    [Fact]
    public async Task Message_about_a_shielded_person_is_held_and_the_decision_does_not_say_so()
    {
        var decision = await Disclosures
            .Guard()
            .DecideAsync(Disclosures.Lawful with { Shielded = true }, TestContext.Current.CancellationToken);

        decision.Held!.Rule.ShouldBe("asylum");
        decision.Allowed.ShouldBeTrue();
        decision.Findings.ShouldNotContain(finding => finding.Rule == "asylum");
        decision.Why.ShouldBe("allowed");
    }

    [Fact]
    public async Task Nobody_else_is_held()
    {
        (await Disclosures.Check(new AsylumRule(), Disclosures.Lawful)).ShouldBeNull();
        var view = Disclosures.Lawful with { Act = DisclosureAct.View, Shielded = true };
        (await Disclosures.Check(new AsylumRule(), view)).ShouldBeNull();
    }
}
