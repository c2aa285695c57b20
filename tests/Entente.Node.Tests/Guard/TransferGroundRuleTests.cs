using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class TransferGroundRuleTests
{
    private const string Reason = "Nécessaire à l’enquête inventée, destinataire compétent";

    private static Disclosure ToThird =>
        Disclosures.Lawful with
        {
            Law = SenderLaws.Directive,
            Partner = "ma.interieur",
            Link = Disclosures.Link with { Partner = "ma.interieur", Country = "MA" },
        };

    [Fact]
    public async Task Notice_that_tells_of_nobody_needs_none_and_one_that_names_somebody_does()
    {
        var notice = ToThird with { IsImpersonal = true, NamesSubjects = false, Persons = [] };

        (await Check(notice)).ShouldBeNull();
        (await Check(notice with { NamesSubjects = true })).ShouldNotBeNull();
        (await Check(notice with { Persons = [new DisclosedPerson("suspect", false)] })).ShouldNotBeNull();
        (await Check(notice with { IsImpersonal = false })).ShouldNotBeNull();
    }

    [Fact]
    public async Task No_ground_is_refused() => (await Check(ToThird))!.Verdict.ShouldBe(Verdict.Refuse);

    [Theory]
    [InlineData("invented", Reason, false)]
    [InlineData("case", Reason, true)]
    [InlineData("case", "trop court", false)]
    [InlineData("assessment", null, false)]
    [InlineData("adequacy", Reason, false)]
    public async Task Ground_is_of_the_closed_list_documented_and_true(string ground, string? reason, bool lawful) =>
        ((await Check(ToThird with { TransferGround = ground, TransferReason = reason })) is null).ShouldBe(lawful);

    [Fact]
    public async Task Documentation_has_a_shortest_length_and_its_source_is_the_ground_s()
    {
        var reason = new string('x', TransferGroundRule.ShortestReason);
        var source = SenderLaws.Directive.TransferGrounds.Single(ground => ground.Code == "case").Source;
        var refused = await Check(ToThird with { TransferGround = "case", TransferReason = reason[1..] });

        (await Check(ToThird with { TransferGround = "case", TransferReason = reason })).ShouldBeNull();
        refused!.Reason.Key.ShouldBe("guard.transfer.undocumented");
        refused.Source.Arguments.ShouldBe([source]);
        (await Check(ToThird))!.Reason.Key.ShouldBe("guard.transfer.none");
        (await Check(ToThird with { TransferGround = "adequacy", TransferReason = reason }))!.Reason.Key.ShouldBe(
            "guard.transfer.not-adequate"
        );
    }

    [Fact]
    public async Task Between_states_that_the_directive_binds_none_is_asked() =>
        (await Check(Disclosures.Lawful with { Law = SenderLaws.Directive })).ShouldBeNull();

    [Fact]
    public async Task Sender_that_the_directive_does_not_bind_needs_none()
    {
        SenderLaws.For("MA").ShouldBeNull();
        SenderLaws.For("ES").ShouldNotBeNull();
        (await Check(ToThird with { Law = null })).ShouldBeNull();
    }

    [Fact]
    public async Task Answer_that_tells_nothing_needs_none()
    {
        var answer = ToThird with { Act = DisclosureAct.Answer, Kind = Kinds.Answer };

        (await Check(answer)).ShouldBeNull();
        (await Check(answer with { GivesInformation = true })).ShouldNotBeNull();
    }

    private static Task<Finding?> Check(Disclosure d) => Disclosures.Check(new TransferGroundRule(), d);
}
