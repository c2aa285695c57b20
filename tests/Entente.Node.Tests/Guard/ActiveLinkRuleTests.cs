using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;

namespace Entente.Node.Tests.Guard;

public sealed class ActiveLinkRuleTests
{
    [Fact]
    public async Task Active_link_is_no_objection() =>
        (await Disclosures.Check(new ActiveLinkRule(), Disclosures.Lawful)).ShouldBeNull();

    [Fact]
    public async Task Without_a_link_nothing_is_sent() =>
        (await Disclosures.Check(new ActiveLinkRule(), Disclosures.Lawful with { Link = null }))!.Verdict.ShouldBe(
            Verdict.Refuse
        );

    [Theory]
    [InlineData(nameof(LinkState.Pending))]
    [InlineData(nameof(LinkState.Suspended))]
    public async Task Link_that_is_not_active_carries_nothing(string state)
    {
        var link = Disclosures.Link with { State = Enum.Parse<LinkState>(state) };

        var finding = await Disclosures.Check(new ActiveLinkRule(), Disclosures.Lawful with { Link = link });

        finding!.WhoCan.ShouldBe(Role.Security);
    }

    [Fact]
    public async Task What_was_received_may_be_read_after_the_link_is_suspended()
    {
        var link = Disclosures.Link with { State = LinkState.Suspended };
        var view = Disclosures.Lawful with { Act = DisclosureAct.View, Link = link };

        (await Disclosures.Check(new ActiveLinkRule(), view)).ShouldBeNull();
    }
}
