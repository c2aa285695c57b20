using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class HandlingH1RuleTests
{
    private static ForeignContent Held => Disclosures.FromBerlin with { Handling = ["H1"] };

    [Fact]
    public async Task Not_before_a_court_without_permission()
    {
        (await Check(DisclosureAct.Prove, Held))!.Verdict.ShouldBe(Verdict.Refuse);
        (await Check(DisclosureAct.Prove, Held with { Permitted = true })).ShouldBeNull();
        (await Check(DisclosureAct.Prove, Held with { Handling = ["H2"] })).ShouldBeNull();
    }

    [Theory]
    [InlineData(nameof(DisclosureAct.View))]
    [InlineData(nameof(DisclosureAct.Brief))]
    [InlineData(nameof(DisclosureAct.Export))]
    [InlineData(nameof(DisclosureAct.Print))]
    public async Task Every_other_use_carries_the_condition(string act) =>
        (await Check(Enum.Parse<DisclosureAct>(act), Held))!.Verdict.ShouldBe(Verdict.Allow);

    [Fact]
    public async Task Towards_a_partner_the_code_travels_with_it() =>
        (await Check(DisclosureAct.Forward, Held)).ShouldBeNull();

    private static Task<Finding?> Check(DisclosureAct act, ForeignContent content) =>
        Disclosures.Check(new HandlingH1Rule(), Disclosures.Lawful with { Act = act, Foreign = [content] });

    [Fact]
    public async Task Its_source_is_the_profile_s_and_without_one_the_code()
    {
        var source = Disclosures.Profile.Handling.Single(code => code.Code == "H1").Source;

        (await Check(DisclosureAct.Prove, Held))!.Source.Arguments.ShouldBe([source]);
        (
            await Disclosures.Check(
                new HandlingH1Rule(),
                Disclosures.Lawful with
                {
                    Act = DisclosureAct.Prove,
                    Foreign = [Held],
                    Profile = null,
                }
            )
        )!.Source.Arguments.ShouldBe(["H1"]);
    }
}
