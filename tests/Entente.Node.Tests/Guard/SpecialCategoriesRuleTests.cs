using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class SpecialCategoriesRuleTests
{
    private const string Reason = "Seul moyen d’identifier la personne inventée";

    [Theory]
    [InlineData("law", Reason, true)]
    [InlineData("law", "court", false)]
    [InlineData("invented", Reason, false)]
    [InlineData(null, Reason, false)]
    public async Task Ground_and_strict_necessity_are_said(string? ground, string reason, bool lawful)
    {
        var told = Disclosures.Lawful with
        {
            SpecialCategories = ["health"],
            SpecialGround = ground,
            SpecialReason = reason,
        };

        ((await Disclosures.Check(new SpecialCategoriesRule(), told)) is null).ShouldBe(lawful);
    }

    [Theory]
    [InlineData("law", "guard.special.unreasoned")]
    [InlineData("invented", "guard.special.ungrounded")]
    public async Task Refusal_says_what_is_missing(string ground, string reason)
    {
        var told = Disclosures.Lawful with
        {
            SpecialCategories = ["health"],
            SpecialGround = ground,
            SpecialReason = "court",
        };

        (await Disclosures.Check(new SpecialCategoriesRule(), told))!.Reason.Key.ShouldBe(reason);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public async Task Reason_must_have_the_shortest_length(int more, bool lawful)
    {
        var told = Disclosures.Lawful with
        {
            SpecialCategories = ["health"],
            SpecialGround = "law",
            SpecialReason = new string('x', TransferGroundRule.ShortestReason + more),
        };

        ((await Disclosures.Check(new SpecialCategoriesRule(), told)) is null).ShouldBe(lawful);
    }

    [Fact]
    public async Task Grounds_are_those_of_the_law_that_binds_the_sender()
    {
        var told = Disclosures.Lawful with
        {
            SpecialCategories = ["health"],
            SpecialGround = "law",
            SpecialReason = Reason,
            Law = SenderLaws.Directive with { SpecialGrounds = [] },
        };

        (await Disclosures.Check(new SpecialCategoriesRule(), told)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Nothing_special_needs_no_ground() =>
        (await Disclosures.Check(new SpecialCategoriesRule(), Disclosures.Lawful)).ShouldBeNull();
}
