using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class FactsApartRuleTests
{
    [Theory]
    [InlineData("facts", false, true)]
    [InlineData("assessment", false, true)]
    [InlineData("both", true, true)]
    [InlineData("facts", true, false)]
    [InlineData("both", false, false)]
    [InlineData(null, false, false)]
    public async Task Text_says_what_it_is_and_an_assessment_has_its_own_place(string? nature, bool apart, bool lawful)
    {
        var told = Disclosures.Lawful with
        {
            Kind = Kinds.Information,
            GivesInformation = true,
            Nature = nature,
            HasAssessment = apart,
        };

        ((await Disclosures.Check(new FactsApartRule(), told)) is null).ShouldBe(lawful);
        (await Disclosures.Check(new FactsApartRule(), told with { GivesInformation = false })).ShouldBeNull();
    }
}
