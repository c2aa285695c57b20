using Entente.Node.Guard;
using Entente.Node.Guard.Rules;

namespace Entente.Node.Tests.Guard;

public sealed class HandlingH2RuleTests
{
    private static ForeignContent UnderH2 => Disclosures.FromBerlin with { Handling = ["H1", "H2"] };

    [Fact]
    public async Task H2_without_the_provider_s_permission_is_refused_naming_the_provider()
    {
        var finding = await Disclosures.Check(new HandlingH2Rule(), Disclosures.Lawful with { Foreign = [UnderH2] });

        finding!.Reason.Arguments.ShouldBe(["de.bmi", "es.interior"]);
    }

    [Fact]
    public async Task H2_with_permission_is_no_objection()
    {
        var forward = Disclosures.Lawful with { Foreign = [UnderH2 with { Permitted = true }] };

        (await Disclosures.Check(new HandlingH2Rule(), forward)).ShouldBeNull();
    }

    [Fact]
    public async Task H1_alone_is_not_this_rule_s_matter()
    {
        var forward = Disclosures.Lawful with { Foreign = [Disclosures.FromBerlin with { Handling = ["H1"] }] };

        (await Disclosures.Check(new HandlingH2Rule(), forward)).ShouldBeNull();
    }

    [Fact]
    public async Task H2_may_go_back_to_the_one_who_gave_it()
    {
        var back = Disclosures.Lawful with { Foreign = [UnderH2 with { GivenBy = "es.interior" }] };

        (await Disclosures.Check(new HandlingH2Rule(), back)).ShouldBeNull();
    }

    [Fact]
    public async Task Own_message_under_H2_may_be_sent() =>
        (await Disclosures.Check(new HandlingH2Rule(), Disclosures.Lawful with { Handling = ["H2"] })).ShouldBeNull();

    [Fact]
    public async Task Its_source_is_the_profile_s_and_without_one_the_code()
    {
        var source = Disclosures.Profile.Handling.Single(code => code.Code == "H2").Source;

        (
            await Disclosures.Check(new HandlingH2Rule(), Disclosures.Lawful with { Foreign = [UnderH2] })
        )!.Source.Arguments.ShouldBe([source]);
        (
            await Disclosures.Check(
                new HandlingH2Rule(),
                Disclosures.Lawful with
                {
                    Foreign = [UnderH2],
                    Profile = null,
                }
            )
        )!.Source.Arguments.ShouldBe(["H2"]);
    }
}
