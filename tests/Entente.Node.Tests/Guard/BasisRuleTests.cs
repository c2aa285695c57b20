using Entente.Node.Features.Accounts;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class BasisRuleTests
{
    [Fact]
    public async Task Instrument_in_force_with_a_purpose_is_no_objection() =>
        (await Disclosures.Check(new BasisRule(), Disclosures.Lawful)).ShouldBeNull();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Without_a_basis_it_is_refused(string? basis)
    {
        var finding = await Disclosures.Check(new BasisRule(), Disclosures.Lawful with { Basis = basis });

        finding!.Reason.Key.ShouldBe("guard.basis.none");
        finding.WhoCan.ShouldBe(Role.Desk);
    }

    [Fact]
    public async Task Instrument_that_is_not_in_force_with_the_partner_is_refused() =>
        (await Disclosures.Check(new BasisRule(), Disclosures.Lawful with { InForce = [] }))!.Reason.Key.ShouldBe(
            "guard.basis.not-in-force"
        );

    [Fact]
    public async Task Without_a_purpose_it_is_refused() =>
        (await Disclosures.Check(new BasisRule(), Disclosures.Lawful with { Purpose = " " }))!.Reason.Key.ShouldBe(
            "guard.basis.no-purpose"
        );

    [Fact]
    public async Task Answer_rests_on_the_basis_of_its_request()
    {
        var answer = Disclosures.Lawful with { Kind = Kinds.Answer, Basis = null, InForce = [] };

        (await Disclosures.Check(new BasisRule(), answer with { AnsweredBasis = "theirs" })).ShouldBeNull();
        (await Disclosures.Check(new BasisRule(), answer))!.Reason.Key.ShouldBe("guard.basis.answer");
    }
}
