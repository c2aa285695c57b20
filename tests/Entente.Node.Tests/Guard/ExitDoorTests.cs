using System.Net;
using Entente.Node.Features.Accounts;
using Entente.Node.Guard;
using Entente.Node.Storage;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Guard;

/// <summary>What leaves the house as a file or on paper.</summary>
public sealed class ExitDoorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Paper_is_judged_refused_with_its_reason_and_ledgered_where_it_is_allowed()
    {
        await using var offices = await TwoOffices.OpenAsync();
        var (officer, other) = offices;
        var caseId = await Offices.AskAsync(officer);
        await Offices.UntilAsync(other, $"/cases/{caseId}", "Enquête inventée");
        await Offices.AnswerAsync(other, caseId); // Under H2.
        await Offices.UntilAsync(officer, $"/cases/{caseId}", "À une société inventée");

        var thread = await officer.GetAsync($"/cases/{caseId}", Cancellation);
        var sheets = thread
            .Document.QuerySelectorAll("a[href*='/print/']")
            .Select(a => a.GetAttribute("href")!)
            .ToList();
        var answer = (await ListAsync(offices.Rabat, "SELECT id FROM message WHERE kind = 'answer'")).Single();
        var paper = await officer.GetAsync($"/cases/{caseId}/print/{answer}", Cancellation);
        var own = await officer.GetAsync(sheets.Single(), Cancellation);

        sheets.ShouldNotContain(href => href.EndsWith(answer, StringComparison.Ordinal));
        thread.Document.QuerySelector($"#m-{answer} [aria-disabled]")!.TextContent.ShouldContain("Imprimer");
        thread.Document.QuerySelector($"#m-{answer} .card-body .no-print").ShouldNotBeNull(); // Not by the browser either.
        paper.Text.ShouldNotContain("société inventée");
        paper.Text.ShouldContain("H2");
        own.Text.ShouldContain("Enquête inventée");
        (await LeavesAsync(offices.Rabat, "decide", $"message:{answer}")).ShouldContain("refused:h2");
        (await LeavesAsync(offices.Rabat, "disclose", "message:" + sheets.Single().Split('/')[^1])).ShouldContain(
            "print"
        );
        (await ListAsync(offices.Rabat, "SELECT act FROM decision")).ShouldBe(["print"]);
    }

    [Fact]
    public async Task Figures_leave_by_the_door_and_are_ledgered_as_what_left()
    {
        await using var node = await TestNode.StartAsync("ma.interieur");
        using var head = await Offices.SignedInAsync(node, Role.Supervisor);

        var file = await head.Http.GetAsync("/statistics/2026.csv", Cancellation);

        file.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await LeavesAsync(node, "disclose", "statistics:2026")).ShouldBe(["export"]);
    }

    [Theory]
    [InlineData(Role.Auditor, true)]
    [InlineData(Role.Protection, true)]
    [InlineData(Role.Officer, false)]
    public async Task Codes_are_taken_by_those_who_answer_for_them_and_not_by_another_unit(Role role, bool allowed)
    {
        var reader = Disclosures.Officer with
        {
            Unit = "direction",
            Roles = new HashSet<Role> { role },
        };
        var codes = Disclosures.Lawful with
        {
            Act = DisclosureAct.Export,
            Officer = reader,
            Units = ["liaison"],
            CodesOnly = true,
            Restricted = true,
        };

        (await Disclosures.Guard().DecideAsync(codes, Cancellation)).Allowed.ShouldBe(allowed);
        (await Disclosures.Guard().DecideAsync(codes with { CodesOnly = false }, Cancellation)).Allowed.ShouldBeFalse();
    }

    [Fact]
    public async Task Briefing_is_the_desk_s_and_no_auditor_s()
    {
        var briefing = Disclosures.Lawful with { Act = DisclosureAct.Export, Kind = Departing.Briefing };
        Officer As(Role role) => Disclosures.Officer with { Roles = new HashSet<Role> { role } };

        foreach (var (role, allowed) in new[] { (Role.Desk, true), (Role.Officer, true), (Role.Auditor, false) })
        {
            var decided = await Disclosures.Guard().DecideAsync(briefing with { Officer = As(role) }, Cancellation);
            decided.Allowed.ShouldBe(allowed, role.ToString());
        }
    }

    private static Task<IReadOnlyList<string>> LeavesAsync(TestNode node, string action, string what) =>
        node.Database.ReadAsync(
            c =>
                c.ListAsync<string>(
                    "SELECT why FROM ledger_leaf WHERE action = @Action AND object = @What",
                    new { Action = action, What = what },
                    Cancellation
                ),
            Cancellation
        );

    private static Task<IReadOnlyList<string>> ListAsync(TestNode node, string sql) =>
        node.Database.ReadAsync(c => c.ListAsync<string>(sql, null, Cancellation), Cancellation);
}
