using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class AssuranceRuleTests
{
    [Fact]
    public async Task Uncovered_risk_takes_a_named_decision()
    {
        var told = Disclosures.Lawful with { UncoveredRisks = ["death-penalty"] };

        var finding = await Disclosures.Check(new AssuranceRule(), told);

        finding!.Verdict.ShouldBe(Verdict.NeedsApproval);
        finding.WhoCan.ShouldBe(Role.Protection);
    }

    [Fact]
    public async Task What_tells_of_nobody_is_free()
    {
        var answer = Disclosures.Lawful with { Kind = Kinds.Answer, UncoveredRisks = ["torture"] };

        (await Disclosures.Check(new AssuranceRule(), answer)).ShouldBeNull();
        (await Disclosures.Check(new AssuranceRule(), Disclosures.Lawful)).ShouldBeNull();
    }
}
