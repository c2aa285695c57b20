using Entente.Node.Guard;
using Entente.Node.Guard.Rules;

namespace Entente.Node.Tests.Guard;

public sealed class CeilingRuleTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task At_or_below_the_ceiling_is_no_objection(int rank) =>
        (await Disclosures.Check(new CeilingRule(), Disclosures.Lawful with { Rank = rank })).ShouldBeNull();

    [Fact]
    public async Task One_above_the_ceiling_is_refused_with_both_levels_and_the_settings_version()
    {
        var finding = await Disclosures.Check(new CeilingRule(), Disclosures.Lawful with { Rank = 2 });

        finding!.Verdict.ShouldBe(Verdict.Refuse);
        finding.Reason.Arguments.ShouldBe(["guard.rank.2", "guard.rank.1"]);
        finding.Source.Arguments.ShouldBe(["3"]);
    }
}
