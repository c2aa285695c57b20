using Entente.Node.Guard;
using Entente.Node.Guard.Rules;

namespace Entente.Node.Tests.Guard;

public sealed class ClearanceRuleTests
{
    [Theory]
    [InlineData(nameof(DisclosureAct.Send))]
    [InlineData(nameof(DisclosureAct.View))]
    public async Task At_the_clearance_is_no_objection_and_one_above_is_refused(string act)
    {
        var disclosure = Disclosures.Lawful with { Act = Enum.Parse<DisclosureAct>(act) };

        (await Disclosures.Check(new ClearanceRule(), disclosure with { Rank = 2 })).ShouldBeNull();
        (await Disclosures.Check(new ClearanceRule(), disclosure with { Rank = 3 }))!.Reason.Arguments.ShouldBe([
            "guard.rank.3",
            "guard.rank.2",
        ]);
    }
}
