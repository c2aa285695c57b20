using Entente.Node.Features.Accounts;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;

namespace Entente.Node.Tests.Guard;

public sealed class RestrictedRuleTests
{
    private static readonly RestrictedRule Rule = new();

    private static Disclosure Use => Disclosures.Lawful with { Restricted = true };

    [Theory]
    [InlineData(nameof(DisclosureAct.Send))]
    [InlineData(nameof(DisclosureAct.View))]
    [InlineData(nameof(DisclosureAct.Answer))]
    [InlineData(nameof(DisclosureAct.Forward))]
    [InlineData(nameof(DisclosureAct.Export))]
    [InlineData(nameof(DisclosureAct.Print))]
    [InlineData(nameof(DisclosureAct.Prove))]
    [InlineData(nameof(DisclosureAct.Brief))]
    [InlineData(nameof(DisclosureAct.Search))]
    public async Task What_is_restricted_is_not_used(string act)
    {
        var use = Use with { Act = Enum.Parse<DisclosureAct>(act) };

        (await Disclosures.Check(Rule, use))!.Verdict.ShouldBe(Verdict.Refuse);
        (await Disclosures.Check(Rule, use with { Restricted = false })).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_restricted_is_not_passed_on()
    {
        var forward = Disclosures.Lawful with { Foreign = [Disclosures.FromBerlin with { Restricted = true }] };

        (await Disclosures.Check(Rule, forward)).ShouldNotBeNull();
        (await Disclosures.Check(Rule, forward with { Foreign = [Disclosures.FromBerlin] })).ShouldBeNull();
    }

    [Fact]
    public async Task Protection_officers_see_it_take_none_of_it_away_and_counts_go_on()
    {
        var protection = Disclosures.Officer with { Roles = new HashSet<Role> { Role.Protection } };
        var use = Use with { Officer = protection };

        (await Disclosures.Check(Rule, use with { Act = DisclosureAct.View })).ShouldBeNull();
        (await Disclosures.Check(Rule, use with { Act = DisclosureAct.Search })).ShouldBeNull();
        (await Disclosures.Check(Rule, use with { Act = DisclosureAct.Export })).ShouldNotBeNull();
        (await Disclosures.Check(Rule, Use with { Act = DisclosureAct.Count })).ShouldBeNull();
    }
}
