using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class EvaluationRuleTests
{
    [Theory]
    [InlineData("A", "1", true)]
    [InlineData("X", "4", true)]
    [InlineData("F", "6", false)]
    [InlineData("A", null, false)]
    [InlineData(null, "1", false)]
    public async Task Information_given_is_evaluated_on_the_profile_s_scale(string? source, string? own, bool lawful)
    {
        var told = Disclosures.Lawful with
        {
            Kind = Kinds.Information,
            GivesInformation = true,
            Reliability = source,
            Accuracy = own,
        };

        ((await Disclosures.Check(new EvaluationRule(), told)) is null).ShouldBe(lawful);
        (await Disclosures.Check(new EvaluationRule(), told with { GivesInformation = false })).ShouldBeNull();
    }
}
