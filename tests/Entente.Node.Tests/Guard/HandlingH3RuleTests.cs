using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class HandlingH3RuleTests
{
    [Theory]
    [InlineData(nameof(DisclosureAct.Forward), Verdict.NeedsApproval)]
    [InlineData(nameof(DisclosureAct.Export), Verdict.NeedsApproval)]
    [InlineData(nameof(DisclosureAct.Brief), Verdict.NeedsApproval)]
    [InlineData(nameof(DisclosureAct.View), Verdict.Allow)]
    public async Task Words_are_shown_and_read_by_a_supervisor_before_it_goes_out(string act, Verdict verdict)
    {
        var use = Disclosures.Lawful with
        {
            Act = Enum.Parse<DisclosureAct>(act),
            Foreign = [Disclosures.FromBerlin with { Handling = ["H3"] }],
        };

        (await Disclosures.Check(new HandlingH3Rule(), use))!.Verdict.ShouldBe(verdict);
    }

    [Theory]
    [InlineData(nameof(DisclosureAct.Print), Verdict.Allow)]
    [InlineData(nameof(DisclosureAct.Brief), Verdict.Allow)]
    [InlineData(nameof(DisclosureAct.Forward), Verdict.NeedsApproval)]
    public async Task Supervisor_who_has_read_them_takes_it_out_and_passes_it_on_with_a_second_person(
        string act,
        Verdict verdict
    )
    {
        var use = Disclosures.Lawful with
        {
            Act = Enum.Parse<DisclosureAct>(act),
            Officer = Disclosures.Lawful.Officer with
            {
                Roles = new HashSet<Role> { Role.Officer, Role.Supervisor },
            },
            Foreign = [Disclosures.FromBerlin with { Handling = ["H3"] }],
        };

        (await Disclosures.Check(new HandlingH3Rule(), use))!.Verdict.ShouldBe(verdict);
    }

    [Fact]
    public async Task Count_shows_nothing_and_the_way_back_is_free()
    {
        var use = Disclosures.Lawful with { Foreign = [Disclosures.FromBerlin with { Handling = ["H3"] }] };

        (await Disclosures.Check(new HandlingH3Rule(), use with { Act = DisclosureAct.Count })).ShouldBeNull();
        (await Disclosures.Check(new HandlingH3Rule(), use with { Partner = "de.bmi" })).ShouldBeNull();
    }

    [Fact]
    public async Task Its_source_is_the_profile_s_and_without_one_the_code()
    {
        var source = Disclosures.Profile.Handling.Single(code => code.Code == "H3").Source;
        var use = Disclosures.Lawful with { Foreign = [Disclosures.FromBerlin with { Handling = ["H3"] }] };

        (await Disclosures.Check(new HandlingH3Rule(), use))!.Source.Arguments.ShouldBe([source]);
        (await Disclosures.Check(new HandlingH3Rule(), use with { Profile = null }))!.Source.Arguments.ShouldBe(["H3"]);
    }
}
