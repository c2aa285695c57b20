using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class SubjectCategoryRuleTests
{
    [Theory]
    [InlineData("suspect", true)]
    [InlineData("undetermined", true)]
    [InlineData("invented", false)]
    [InlineData(null, false)]
    public async Task Each_person_has_a_category_of_the_profile(string? category, bool lawful)
    {
        var request = Disclosures.Lawful with
        {
            Persons = [new DisclosedPerson("witness", IsMinor: false), new DisclosedPerson(category, IsMinor: false)],
        };

        ((await Disclosures.Check(new SubjectCategoryRule(), request)) is null).ShouldBe(lawful);
    }
}
