using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class HumanDecisionRuleTests
{
    private static Officer Node => Disclosures.Officer with { Login = Officer.NodeActor };

    [Fact]
    public async Task Node_by_itself_sends_nothing_but_progress()
    {
        (await Check(Disclosures.Lawful with { Officer = Node })).ShouldNotBeNull();
        (await Check(Disclosures.Lawful with { Officer = Node, Kind = Kinds.Progress })).ShouldBeNull();
    }

    [Fact]
    public async Task Automated_outcome_goes_only_once_confirmed() =>
        (await Check(Disclosures.Lawful with { Unconfirmed = true })).ShouldNotBeNull();

    [Fact]
    public async Task Person_sends() => (await Check(Disclosures.Lawful)).ShouldBeNull();

    private static Task<Finding?> Check(Disclosure d) => Disclosures.Check(new HumanDecisionRule(), d);
}
