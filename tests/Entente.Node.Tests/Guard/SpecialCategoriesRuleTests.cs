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

    [Fact]
    public async Task Nothing_special_needs_no_ground() =>
        (await Disclosures.Check(new SpecialCategoriesRule(), Disclosures.Lawful)).ShouldBeNull();
}
