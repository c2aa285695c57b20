using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class AgreedKindRuleTests
{
    [Fact]
    public async Task Agreed_kind_is_no_objection() =>
        (await Disclosures.Check(new AgreedKindRule(), Disclosures.Lawful)).ShouldBeNull();

    [Fact]
    public async Task Kind_that_was_not_agreed_is_refused_by_name() =>
        (
            await Disclosures.Check(new AgreedKindRule(), Disclosures.Lawful with { Kind = Kinds.Alert })
        )!.Reason.Arguments.ShouldBe(["guard.kind.alert"]);

    [Theory]
    [InlineData(Kinds.Progress)]
    [InlineData(Kinds.Permission)]
    public async Task Messages_about_messages_go_where_requests_go(string kind) =>
        (await Disclosures.Check(new AgreedKindRule(), Disclosures.Lawful with { Kind = kind })).ShouldBeNull();

    [Fact]
    public async Task Link_for_joint_texts_alone_carries_no_progress()
    {
        var settings = Disclosures.Link.Settings with { Kinds = new HashSet<string> { Kinds.Proposal } };
        var progress = Disclosures.Lawful with
        {
            Kind = Kinds.Progress,
            Link = Disclosures.Link with { Settings = settings },
        };

        (await Disclosures.Check(new AgreedKindRule(), progress)).ShouldNotBeNull();
    }
}
