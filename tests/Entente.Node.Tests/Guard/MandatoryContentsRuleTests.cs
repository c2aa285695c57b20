using Entente.Node.Features.Accounts;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class MandatoryContentsRuleTests
{
    [Fact]
    public async Task Complete_request_is_no_objection() =>
        (await Disclosures.Check(new MandatoryContentsRule(), Disclosures.Lawful)).ShouldBeNull();

    [Theory]
    [InlineData("asked")]
    [InlineData("purpose")]
    [InlineData("justification")]
    [InlineData("availability")]
    public async Task Each_missing_content_is_named_with_its_article(string missing)
    {
        var contents = Disclosures.Lawful.Contents.Where(code => code != missing).ToHashSet();

        var finding = await Disclosures.Check(
            new MandatoryContentsRule(),
            Disclosures.Lawful with
            {
                Contents = contents,
            }
        );

        finding!.Reason.Arguments.ShouldBe(["guard.contents." + missing]);
        finding.Source.Arguments[0].ShouldStartWith("Directive (EU) 2023/977 art. 4(5)");
    }

    [Fact]
    public async Task Urgency_is_explained_only_where_it_is_claimed() =>
        (
            await Disclosures.Check(new MandatoryContentsRule(), Disclosures.Lawful with { Urgent = true })
        )!.Reason.Arguments.ShouldBe(["guard.contents.urgency"]);

    [Fact]
    public async Task Subjects_are_tied_to_the_purpose_where_there_are_any() =>
        (
            await Disclosures.Check(new MandatoryContentsRule(), Disclosures.Lawful with { NamesSubjects = true })
        )!.Reason.Arguments.ShouldBe(["guard.contents.subject-link"]);

    [Fact]
    public async Task Profile_that_this_node_does_not_know_refuses_the_request() =>
        (
            await Disclosures.Check(new MandatoryContentsRule(), Disclosures.Lawful with { Profile = null })
        )!.WhoCan.ShouldBe(Role.Security);

    [Fact]
    public async Task Answer_has_no_request_s_contents_to_give()
    {
        var answer = Disclosures.Lawful with { Kind = Kinds.Answer, Contents = new HashSet<string>() };

        (await Disclosures.Check(new MandatoryContentsRule(), answer)).ShouldBeNull();
    }
}
