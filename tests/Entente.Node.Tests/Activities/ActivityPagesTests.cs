using System.Globalization;
using System.Net;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Activities;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Activities;

public sealed class ActivityPagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_guard_refuses_stays_in_the_form_with_the_rule()
    {
        await using var node = await RunningNode.StartAsync();
        await using var partner = await TestStore.CreateAsync("Sqlite", node: "es.interior");
        await using var services = partner.Services();
        // Activities are not agreed for this link.
        await node.Services.LinkAsync(await services.CardAsync());
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        var form = await desk.GetAsync("/activities/new?partner=es.interior", Cancellation);

        var more = await desk.SubmitAsync(
            form,
            "activity",
            [new("action", "rows"), new("title", "Cours"), new("begins", "2026-03-02"), new("result.1", "arrests")],
            Cancellation
        );
        var refused = await desk.SubmitAsync(more, "activity", [new("action", "send")], Cancellation);

        more.Document.QuerySelectorAll("select[name^='result.']").Length.ShouldBe(4);
        refused.Status.ShouldBe(HttpStatusCode.OK);
        refused.Document.QuerySelector("input[name=title]")!.GetAttribute("value").ShouldBe("Cours"); // The form has it.
        refused.Document.QuerySelector("select[name='result.0'] option[selected]").ShouldNotBeNull();
        refused.Text.ShouldContain("Règle");
    }

    [Fact]
    public void State_without_a_node_is_named_as_a_participant_with_its_authority()
    {
        var form = new Microsoft.AspNetCore.Http.FormCollection(
            new()
            {
                ["participant.0"] = "SN",
                ["authority.0"] = " Police nationale ",
                ["participant.1"] = "",
                ["authority.1"] = "Sans État",
                ["participant.2"] = "MR",
            }
        );

        var draft = ActivityDraft.Read(form, "es.interior", "ma.interieur");

        draft.Account.Participants.ShouldBe([new("SN", "Police nationale"), new("MR")]);
    }

    [Fact]
    public async Task Activities_are_listed_by_pages_and_filters_within_the_readers_clearance()
    {
        await using var node = await RunningNode.StartAsync();
        await AddAsync(node, Enumerable.Range(0, 51).Select(i => Row(i, "held", 0)));
        await AddAsync(node, [Row(98, "planned", 1), Row(99, "planned", 2)]);
        using var officer = await node.SignedInAsync("agent", Role.Officer);

        var all = await officer.GetAsync("/activities", Cancellation);
        var next = all.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!; // There is more than a page.
        var rest = await officer.GetAsync(next, Cancellation);
        var planned = await officer.GetAsync("/activities?state=planned&country=ES", Cancellation);

        Titles(all).Length.ShouldBe(50);
        Titles(rest).ShouldBe(["Activité 1", "Activité 0"]);
        Titles(planned).ShouldBe(["Activité 98"], "the other is above the reader's clearance");
        all.Document.QuerySelector("a[href='/activities/new']").ShouldBeNull();
    }

    private static string[] Titles(BrowserlessPage page) =>
        [.. page.Document.QuerySelectorAll("li a.fw-medium").Select(a => a.TextContent)];

    private static object Row(int i, string state, int rank) =>
        new
        {
            Id = $"0197e000-0000-7000-8000-0000000000{i:00}",
            Title = string.Create(CultureInfo.InvariantCulture, $"Activité {i}"),
            Begins = new DateOnly(2026, 1, 1).AddDays(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            State = state,
            Rank = rank,
        };

    private static Task AddAsync(RunningNode node, IEnumerable<object> rows)
    {
        const string sql = """
            INSERT INTO activity (id, partner, country, kind, title, domain, begins, place, beneficiaries, state, disputed,
                rank)
            VALUES (@Id, 'es.interior', 'ES', 'training', @Title, 'terrorism', @Begins, '', '', @State, FALSE, @Rank)
            """;
        return node.Database.WriteAsync(t => t.RunAsync(sql, rows, Cancellation), Cancellation);
    }
}
