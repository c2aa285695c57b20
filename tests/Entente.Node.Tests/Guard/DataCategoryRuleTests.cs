using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class DataCategoryRuleTests
{
    [Fact]
    public async Task Category_that_is_not_agreed_does_not_leave()
    {
        (await Check(["person"], "person")).ShouldBeNull();
        (await Check(["person"], "phone"))!.Reason.Arguments.ShouldBe(["data.phone"]);
        (await Check(null, "phone")).ShouldBeNull();
    }

    [Fact]
    public async Task Special_category_leaves_only_where_it_is_named()
    {
        var told = Disclosures.Lawful with { SpecialCategories = ["health"] };

        (await Disclosures.Check(new DataCategoryRule(), told)).ShouldNotBeNull();
        (await Disclosures.Check(new DataCategoryRule(), told with { Link = Agreed(["health"]) })).ShouldBeNull();
    }

    private static Link Agreed(IEnumerable<string>? categories) =>
        Disclosures.Link with
        {
            Settings = Disclosures.Link.Settings with { DataCategories = categories?.ToHashSet() },
        };

    private static Task<Finding?> Check(string[]? agreed, string category) =>
        Disclosures.Check(
            new DataCategoryRule(),
            Disclosures.Lawful with
            {
                Link = Agreed(agreed),
                DataCategories = [category],
            }
        );
}
