using System.Net;
using System.Reflection;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Audit;
using Entente.Node.Ledger;
using Entente.Node.Tests.Support;
using Entente.Node.Web;

namespace Entente.Node.Tests.Audit;

public sealed class LedgerPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Auditor_reads_the_ledger_by_pages_and_by_filter()
    {
        await using var node = await RunningNode.StartAsync();
        using var auditor = await node.SignedInAsync("audit", Role.Auditor);
        await AppendAsync(node, 120, "message");
        await AppendAsync(node, 3, "needle");

        var newest = await auditor.Http.GetStringAsync("/ledger", Cancellation);
        newest.ShouldContain("needle:2");
        newest.ShouldContain("message:119");
        newest.ShouldNotContain("message:10<");
        newest.ShouldContain("rel=\"next\"");
        var found = await auditor.Http.GetStringAsync("/ledger?object=needle%3A1&action=consult", Cancellation);
        found.ShouldContain("needle:1");
        found.ShouldNotContain("needle:2");
        (await auditor.Http.GetStringAsync("/ledger?to=2001-01-01", Cancellation)).ShouldNotContain("needle");
        (await auditor.Http.GetStringAsync("/ledger?from=2001-01-01&to=pas-une-date", Cancellation)).ShouldContain(
            "needle:2"
        );
    }

    [Fact]
    public async Task Event_links_only_to_pages_that_its_reader_may_open()
    {
        await using var node = await RunningNode.StartAsync();
        using var auditor = await node.SignedInAsync("audit", Role.Auditor);
        using var both = await node.SignedInAsync("both", Role.Supervisor);
        await AppendAsync(node, 1, "case");

        (await auditor.Http.GetStringAsync("/ledger", Cancellation)).ShouldNotContain("href=\"/cases/0\"");
        (await both.Http.GetStringAsync("/ledger", Cancellation)).ShouldContain("href=\"/cases/0\"");
    }

    [Fact]
    public async Task Any_event_is_proven_on_demand_and_an_unknown_one_is_not_found()
    {
        await using var node = await RunningNode.StartAsync();
        using var auditor = await node.SignedInAsync("audit", Role.Auditor);
        await AppendAsync(node, 40, "message");

        var page = await auditor.Http.GetStringAsync("/ledger/17", Cancellation);

        page.ShouldContain("alert-success");
        var head = await node.Services.GetRequiredService<LedgerLog>().HeadAsync(Cancellation);
        page.ShouldContain(head.Root.ToString());
        (await auditor.Http.GetAsync("/ledger/99999", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Export_holds_every_event_of_the_filter_and_is_itself_in_the_ledger()
    {
        await using var node = await RunningNode.StartAsync();
        using var auditor = await node.SignedInAsync("audit", Role.Auditor);
        await AppendAsync(node, 70, "message");

        var lines = await auditor.Http.GetStringAsync("/ledger/export?format=jsonl&action=consult", Cancellation);
        var csv = await auditor.Http.GetStringAsync("/ledger/export?format=csv&object=message%3A5", Cancellation);

        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(71);
        lines.ShouldContain("\"object\":\"ledger:export\"");
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
    }

    [Fact]
    public void Cell_that_a_spreadsheet_would_run_is_plain_text_in_the_export() =>
        LedgerExport
            .Line(
                new LedgerEntry
                {
                    Actor = "=cmd()",
                    Object = "a,b\"c",
                    Json = "{}",
                }
            )
            .ShouldContain(",'=cmd(),,\"a,b\"\"c\",");

    [Fact]
    public async Task Alarm_is_closed_on_its_page_only_with_a_reason()
    {
        await using var node = await RunningNode.StartAsync();
        using var security = await node.SignedInAsync("securite", Role.Security);
        var alarms = node.Services.GetRequiredService<Alarms>();
        await node.Database.WriteAsync(
            t => alarms.RaiseAsync(t, AlarmKind.LedgerShrunk, "es.interior", "size=1", Cancellation),
            Cancellation
        );
        var page = await security.GetAsync("/ledger/alarms", Cancellation);
        var words = page.Document.Body!.TextContent; // Every page has one.
        words.ShouldContain("À faire maintenant");
        words.ShouldContain("Aujourd’hui même");
        words.ShouldContain("Taille du registre que le partenaire signe maintenant");
        page.Document.QuerySelectorAll("nav [data-waiting='1']").ShouldHaveSingleItem();
        page.Document.QuerySelectorAll("a[href='/ledger']")
            .ShouldBeEmpty("a security officer does not read the ledger");
        var dismiss = $"/ledger/alarms/{(await alarms.ListAsync(Cancellation))[0].Id}/dismiss";

        await security.SubmitAsync(page, dismiss, [new("reason", "vu")], Cancellation);
        (await alarms.CountOpenAsync(Cancellation)).ShouldBe(1);
        await security.SubmitAsync(page, dismiss, [new("reason", "Restauration annoncée par écrit.")], Cancellation);
        (await alarms.CountOpenAsync(Cancellation)).ShouldBe(0);
    }

    [Fact]
    public void Every_kind_of_alarm_has_a_title_a_meaning_and_an_advice()
    {
        var labels = new LabelBook();

        var wordless = AlarmKind
            .All.SelectMany(kind =>
                new[] { $"audit.alarm.{kind.Code}", $"audit.alarm.{kind.Code}.means", $"audit.alarm.{kind.Code}.do" }
            )
            .Where(key => !labels.All.ContainsKey(key));

        wordless.ShouldBeEmpty();
    }

    [Fact]
    public void List_of_alarm_kinds_leaves_none_out()
    {
        var declared = typeof(AlarmKind)
            .GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => field.GetValue(null))
            .OfType<AlarmKind>();

        AlarmKind.All.ShouldBe(declared, ignoreOrder: true);
    }

    [Fact]
    public async Task Officer_without_the_role_reads_no_ledger()
    {
        await using var node = await RunningNode.StartAsync();
        using var officer = await node.SignedInAsync("agent", Role.Officer);

        foreach (var path in new[] { "/ledger", "/ledger/0", "/ledger/alarms", "/ledger/export?format=csv" })
        {
            (await officer.Http.GetAsync(path, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }
    }

    private static Task<long> AppendAsync(RunningNode node, int count, string kind)
    {
        var ledger = node.Services.GetRequiredService<LedgerLog>();
        var events = Enumerable
            .Range(0, count)
            .Select(i => new LedgerEvent("agent", LedgerAction.Consult, $"{kind}:{i}", "request"));
        return node.Database.WriteAsync(t => ledger.AppendAsync(t, [.. events], Cancellation), Cancellation);
    }
}
