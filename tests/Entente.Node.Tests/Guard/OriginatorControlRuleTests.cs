using Entente.Node.Guard;
using Entente.Node.Guard.Rules;

namespace Entente.Node.Tests.Guard;

public sealed class OriginatorControlRuleTests
{
    [Fact]
    public async Task Own_information_is_no_objection() =>
        (await Disclosures.Check(new OriginatorControlRule(), Disclosures.Lawful)).ShouldBeNull();

    [Fact]
    public async Task Information_of_a_third_node_without_its_permission_is_refused()
    {
        var forward = Disclosures.Lawful with { Foreign = [Disclosures.FromBerlin] };

        var finding = await Disclosures.Check(new OriginatorControlRule(), forward);

        finding!.Verdict.ShouldBe(Verdict.Refuse);
        finding.Reason.Arguments.ShouldBe(["de.bmi", "es.interior"]);
        finding.Source.Arguments.ShouldBe(["Directive (EU) 2023/977 art. 6(1)(h)"]);
    }

    [Fact]
    public async Task Recorded_permission_for_that_destination_lifts_it()
    {
        var permitted = Disclosures.FromBerlin with { Permitted = true };

        var forward = Disclosures.Lawful with { Foreign = [permitted] };

        (await Disclosures.Check(new OriginatorControlRule(), forward)).ShouldBeNull();
    }

    [Fact]
    public async Task Information_may_go_back_to_its_originator()
    {
        var own = Disclosures.FromBerlin with { Originator = "es.interior" };

        (
            await Disclosures.Check(new OriginatorControlRule(), Disclosures.Lawful with { Foreign = [own] })
        ).ShouldBeNull();
    }

    [Fact]
    public async Task Who_passed_it_to_us_is_not_its_originator()
    {
        var relayed = Disclosures.FromBerlin with { GivenBy = "es.interior" };

        (
            await Disclosures.Check(new OriginatorControlRule(), Disclosures.Lawful with { Foreign = [relayed] })
        ).ShouldNotBeNull();
    }

    [Fact]
    public async Task One_piece_without_permission_among_permitted_ones_is_enough_to_refuse()
    {
        var permitted = Disclosures.FromBerlin with { Permitted = true };

        var forward = Disclosures.Lawful with { Foreign = [permitted, Disclosures.FromBerlin] };

        (await Disclosures.Check(new OriginatorControlRule(), forward)).ShouldNotBeNull();
    }
}
