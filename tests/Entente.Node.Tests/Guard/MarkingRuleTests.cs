using Entente.Node.Guard.Rules;

namespace Entente.Node.Tests.Guard;

public sealed class MarkingRuleTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task At_or_above_the_rank_it_came_with_is_no_objection(int received)
    {
        var forward = Disclosures.Lawful with { Foreign = [Disclosures.FromBerlin with { Rank = received }] };

        (await Disclosures.Check(new MarkingRule(), forward)).ShouldBeNull();
    }

    [Fact]
    public async Task Below_the_rank_it_came_with_is_refused()
    {
        var forward = Disclosures.Lawful with { Foreign = [Disclosures.FromBerlin with { Rank = 2 }] };

        (await Disclosures.Check(new MarkingRule(), forward))!.Reason.Arguments.ShouldBe([
            "guard.rank.2",
            "guard.rank.1",
        ]);
    }
}
