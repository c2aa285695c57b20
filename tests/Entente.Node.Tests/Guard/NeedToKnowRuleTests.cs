using Entente.Node.Features.Accounts;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;

namespace Entente.Node.Tests.Guard;

public sealed class NeedToKnowRuleTests
{
    [Fact]
    public async Task Desk_counts_the_whole_relation_and_reads_nothing_of_it()
    {
        var desk = Disclosures.Officer with { Roles = new HashSet<Role> { Role.Desk } };
        var counts = Disclosures.Lawful with { Act = DisclosureAct.Count, Officer = desk, Units = ["customs"] };

        (await Disclosures.Check(new NeedToKnowRule(), counts)).ShouldBeNull();
        (await Disclosures.Check(new NeedToKnowRule(), counts with { Act = DisclosureAct.Search })).ShouldNotBeNull();
        (
            await Disclosures.Check(new NeedToKnowRule(), counts with { Officer = Disclosures.Officer })
        ).ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_does_not_work_on_cases_reads_none_even_of_their_own_unit()
    {
        var auditor = Disclosures.Officer with { Roles = new HashSet<Role> { Role.Auditor } };
        var reads = Disclosures.Lawful with { Act = DisclosureAct.View, Officer = auditor, Units = [auditor.Unit] };

        (await Disclosures.Check(new NeedToKnowRule(), reads))!.Reason.Key.ShouldBe("guard.need-to-know.role");
        (await Disclosures.Check(new NeedToKnowRule(), reads with { Act = DisclosureAct.Count })).ShouldBeNull();
        (await Disclosures.Check(new NeedToKnowRule(), reads with { Officer = Disclosures.Officer })).ShouldBeNull();
    }

    [Theory]
    [InlineData("proposal", true)]
    [InlineData("adoption", true)]
    [InlineData("activity", true)]
    [InlineData("information", false)]
    public async Task Texts_and_activities_are_read_by_those_who_work_on_no_cases(string kind, bool read)
    {
        var desk = Disclosures.Officer with { Roles = new HashSet<Role> { Role.Desk } };
        var reads = Disclosures.Lawful with { Act = DisclosureAct.View, Officer = desk, Kind = kind };

        ((await Disclosures.Check(new NeedToKnowRule(), reads)) is null).ShouldBe(read);
    }

    private static Disclosure View => Disclosures.Lawful with { Act = DisclosureAct.View, Units = ["customs"] };

    [Theory]
    [InlineData(nameof(DisclosureAct.View))]
    [InlineData(nameof(DisclosureAct.Search))]
    [InlineData(nameof(DisclosureAct.Count))]
    [InlineData(nameof(DisclosureAct.Brief))]
    [InlineData(nameof(DisclosureAct.Export))]
    [InlineData(nameof(DisclosureAct.Print))]
    [InlineData(nameof(DisclosureAct.Prove))]
    public async Task Another_unit_s_case_is_not_used(string act)
    {
        var finding = await Disclosures.Check(new NeedToKnowRule(), View with { Act = Enum.Parse<DisclosureAct>(act) });

        finding!.Reason.Arguments.ShouldBe(["customs"]);
    }

    [Fact]
    public async Task Own_unit_s_and_everybody_s_cases_are_used()
    {
        (await Disclosures.Check(new NeedToKnowRule(), View with { Units = ["customs", "liaison"] })).ShouldBeNull();
        (await Disclosures.Check(new NeedToKnowRule(), View with { Units = [] })).ShouldBeNull();
    }

    [Fact]
    public async Task Supervisor_sees_all_units_and_an_auditor_none()
    {
        var supervisor = Disclosures.Officer with { Roles = new HashSet<Role> { Role.Supervisor } };
        var auditor = Disclosures.Officer with { Roles = new HashSet<Role> { Role.Auditor } };

        (await Disclosures.Check(new NeedToKnowRule(), View with { Officer = supervisor })).ShouldBeNull();
        (await Disclosures.Check(new NeedToKnowRule(), View with { Officer = auditor })).ShouldNotBeNull();
    }
}
