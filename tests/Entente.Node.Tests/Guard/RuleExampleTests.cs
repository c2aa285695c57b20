using Entente.Node.Guard;
using Entente.Node.Guard.Explained;

namespace Entente.Node.Tests.Guard;

/// <summary>No rule is for nothing, none does another's work, and none is without its example.</summary>
public sealed class RuleExampleTests
{
    public static TheoryData<string> Rules => new(RuleExamples.All.Keys);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_rule_has_an_example() =>
        RuleExamples.All.Keys.ShouldBe(Disclosures.Guard().Rules, ignoreOrder: true);

    [Fact]
    public async Task Lawful_example_is_allowed_without_conditions()
    {
        var decision = await Disclosures.Guard().DecideAsync(RuleExamples.Lawful, Cancellation);

        decision.Allowed.ShouldBeTrue();
        decision.Findings.ShouldBeEmpty();
        decision.Held.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Rules))]
    public async Task Guard_without_the_rule_lets_its_example_pass(string rule)
    {
        var whole = await Disclosures.Guard().DecideAsync(RuleExamples.All[rule], Cancellation);
        var without = await Disclosures.GuardWithout(rule).DecideAsync(RuleExamples.All[rule], Cancellation);

        (!whole.Allowed || whole.Held is not null).ShouldBeTrue();
        without.Allowed.ShouldBeTrue();
        without.Held.ShouldBeNull();
    }
}
