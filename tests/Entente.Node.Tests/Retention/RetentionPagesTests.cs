using System.Net;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Retention;
using Entente.Node.Tests.Support;
using Entente.Node.Web;

namespace Entente.Node.Tests.Retention;

public sealed class RetentionPagesTests
{
    private const string Case = "0197e000-0000-7000-8000-0000000000aa";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Protection_officer_reviews_many_at_once_and_another_decides_on_an_extension()
    {
        await using var node = await RunningNode.StartAsync();
        await KeepAsync(node, Case, ended: node.Clock.GetUtcNow().AddMonths(-8));
        await KeepAsync(node, Case[..^2] + "ab", ended: node.Clock.GetUtcNow().AddMonths(-7));
        using var protection = await node.SignedInAsync("protection", Role.Protection);
        using var supervisor = await node.SignedInAsync("superviseur", Role.Supervisor);

        var queue = await protection.GetAsync("/retention", Cancellation);
        queue.Document.QuerySelectorAll("input[name=case]").Length.ShouldBe(2);
        var reviewed = await protection.SubmitAsync(
            queue,
            "/retention/review",
            [new("case", Case), new("case", Case[..^2] + "ab"), new("action", "confirm")],
            Cancellation
        );
        reviewed.Text.ShouldContain("Dossiers réexaminés : 2");

        var one = await protection.GetAsync($"/retention/{Case}", Cancellation);
        var asked = await protection.SubmitAsync(
            one,
            $"/retention/{Case}/extend",
            [new("months", "6"), new("reason", "Procédure inventée en cours")],
            Cancellation
        );
        asked.Text.ShouldContain("une autre personne doit en décider");
        var approval = asked.Document.QuerySelector("a[href^='/approvals/']")!.GetAttribute("href")!; // It waits.
        var waiting = await supervisor.GetAsync(approval, Cancellation);
        waiting.Text.ShouldContain("Procédure inventée en cours");
        await supervisor.SubmitAsync(
            waiting,
            $"{approval}/decide",
            [new("decision", "grant"), new("reason", "Vérifié")],
            Cancellation
        );
        (await protection.GetAsync($"/retention/{Case}", Cancellation)).Text.ShouldContain("accordée");
    }

    [Fact]
    public async Task Pages_open_in_every_language_and_only_to_those_who_answer_for_it()
    {
        await using var node = await RunningNode.StartAsync();
        await KeepAsync(node, Case, ended: node.Clock.GetUtcNow().AddMonths(-8));
        using var protection = await node.SignedInAsync("protection", Role.Protection);
        using var officer = await node.SignedInAsync("officier", Role.Officer);

        foreach (var language in LabelBook.Languages)
        {
            foreach (
                var path in (string[])["/retention", "/retention?show=held", "/retention/periods", $"/retention/{Case}"]
            )
            {
                var page = await protection.GetAsync(
                    $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language}",
                    Cancellation
                );
                page.Status.ShouldBe(HttpStatusCode.OK);
                page.Text.ShouldNotContain("[retention.");
            }
        }

        (await officer.GetAsync("/retention", Cancellation)).Status.ShouldNotBe(HttpStatusCode.OK);
    }

    private static Task KeepAsync(RunningNode node, string caseId, DateTimeOffset ended)
    {
        var kept = new KeptCase
        {
            CaseId = caseId,
            Partner = "es.interior",
            Profile = "eu-2023-977/2023-06-11",
            Categories = "suspect,victim",
            ReviewMonths = 6,
            AgainMonths = 6,
            EraseMonths = 12,
            LastAt = ended,
            EndedAt = ended,
            State = KeptCase.Held,
        };
        return node.Database.WriteAsync(t => KeptRows.SaveAsync(t, kept, Cancellation), Cancellation);
    }
}
