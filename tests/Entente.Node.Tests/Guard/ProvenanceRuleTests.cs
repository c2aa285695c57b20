using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class ProvenanceRuleTests
{
    [Theory]
    [InlineData(nameof(DisclosureAct.View))]
    [InlineData(nameof(DisclosureAct.Search))]
    [InlineData(nameof(DisclosureAct.Count))]
    [InlineData(nameof(DisclosureAct.Brief))]
    [InlineData(nameof(DisclosureAct.Prove))]
    public async Task What_is_set_aside_is_not_used(string act) =>
        (
            await Check(Disclosures.Lawful with { Act = Enum.Parse<DisclosureAct>(act), Quarantined = true })
        ).ShouldNotBeNull();

    [Fact]
    public async Task Nor_passed_on() =>
        (
            await Check(Disclosures.Lawful with { Foreign = [Disclosures.FromBerlin with { Quarantined = true }] })
        ).ShouldNotBeNull();

    [Fact]
    public async Task Data_protection_officer_looks_at_it_and_does_no_more()
    {
        var guardian = Disclosures.Officer with { Roles = new HashSet<Role> { Role.Protection } };
        var use = Disclosures.Lawful with { Act = DisclosureAct.View, Officer = guardian, Quarantined = true };

        (await Check(use)).ShouldBeNull();
        (await Check(use with { Act = DisclosureAct.Brief })).ShouldNotBeNull();
    }

    private static Task<Finding?> Check(Disclosure d) => Disclosures.Check(new ProvenanceRule(), d);
}
