using System.Net;
using Entente.Node.Features.Accounts;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Node.Web;

namespace Entente.Node.Tests.Rights;

public sealed class RightsPagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_is_recorded_answered_approved_and_printed_through_the_pages()
    {
        await using var node = await RunningNode.StartAsync();
        using var first = await node.SignedInAsync("protection1", Role.Protection);
        using var protection = await node.SignedInAsync("protection", Role.Protection);

        var form = await first.GetAsync("/rights/new", Cancellation);
        var one = await first.SubmitAsync(form, "/rights/record", [new("name", "ERASMUS Inventé")], Cancellation);
        one.Text.ShouldContain("La demande est enregistrée");
        one.Text.ShouldContain("Aucune donnée à ce nom");
        var path = one.Url.AbsolutePath;
        var waiting = await first.SubmitAsync(one, $"{path}/prepare", [new("outcome", "none")], Cancellation);
        var approval = waiting.Document.QuerySelector("a[href^='/approvals/']")!.GetAttribute("href")!; // It waits.
        var page = await protection.GetAsync(approval, Cancellation);
        page.Text.ShouldContain("cette réponse est la même");
        await protection.SubmitAsync(
            page,
            page.Document.QuerySelector("form[action*=approvals]")!.GetAttribute("action")!, // Somebody else asked.
            [new("decision", "grant"), new("grant", "true"), new("reason", "Vérifié")],
            Cancellation
        );

        var letter = await first.GetAsync($"{path}/letter", Cancellation);
        letter.Text.ShouldContain("cette réponse est la même");
        (await first.Http.GetByteArrayAsync($"{path}/word", Cancellation)).Length.ShouldBeGreaterThan(1000);
        (await first.GetAsync(path, Cancellation)).Text.ShouldContain("moment tiré au sort");
        await ComeAsync(node);
        var ready = await first.GetAsync(path, Cancellation);
        (await first.SubmitAsync(ready, $"{path}/sent", [], Cancellation)).Text.ShouldContain("L’envoi est consigné");
    }

    /// <summary>As if the moment drawn for the letter had come.</summary>
    private static Task ComeAsync(RunningNode node)
    {
        const string sql = "UPDATE rights_request SET release_at = received_at";
        return node.Database.WriteAsync(t => t.RunAsync(sql, null, Cancellation), Cancellation);
    }

    [Fact]
    public async Task Pages_open_in_every_language_and_only_to_those_who_answer_for_it()
    {
        await using var node = await RunningNode.StartAsync();
        using var protection = await node.SignedInAsync("protection", Role.Protection);
        using var officer = await node.SignedInAsync("officier", Role.Officer);

        foreach (var language in LabelBook.Languages)
        {
            foreach (var path in (string[])["/rights", "/rights?show=sent", "/rights/new"])
            {
                var mark = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
                var page = await protection.GetAsync($"{path}{mark}lang={language}", Cancellation);
                page.Status.ShouldBe(HttpStatusCode.OK);
                page.Text.ShouldNotContain("[rights.");
            }
        }

        using var supervisor = await node.SignedInAsync("superviseur", Role.Supervisor, Role.Auditor);
        foreach (var path in (string[])["/rights", "/rights?show=sent", "/rights/new"])
        {
            (await officer.GetAsync(path, Cancellation)).Status.ShouldNotBe(HttpStatusCode.OK);
            (await supervisor.GetAsync(path, Cancellation)).Status.ShouldNotBe(HttpStatusCode.OK);
        }
    }
}
