using Entente.Node.Commands.Demo;
using Entente.Node.Tests.Support;
using static Entente.Node.Tests.Exchange.Offices;

namespace Entente.Node.Tests.Exchange;

/// <summary>Two whole nodes on loopback: a clarification, an answer, and its recall, through pages alone.</summary>
public sealed class FlowPagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Officers_clarify_answer_recall_and_erase_through_their_pages()
    {
        await using var offices = await TwoOffices.OpenAsync();
        var (asking, answering) = offices;
        var caseId = await AskAsync(asking);
        await UntilAsync(answering, "/inbox", "Essai de bout en bout");

        await StepAsync(answering, caseId, "ask", "Quel port ?");
        await UntilAsync(asking, $"/cases/{caseId}", "Délai suspendu");
        await UntilAsync(answering, $"/cases/{caseId}", "Délai suspendu");
        await StepAsync(asking, caseId, "clarify", "Le port inventé");
        await UntilAsync(answering, $"/cases/{caseId}", "Le port inventé");
        await AnswerAsync(answering, caseId);
        await UntilAsync(asking, $"/cases/{caseId}", "À une société inventée");

        var correction = await RecallAsync(answering, caseId);
        await UntilAsync(asking, $"/cases/{caseId}", "Rappelé par son expéditeur");
        var told = await asking.GetAsync("/corrections", Cancellation);
        var one = told.Document.QuerySelector("a[href^='/corrections/']")!.GetAttribute("href")!; // Waited for.
        var page = await asking.GetAsync(one, Cancellation);
        await asking.SubmitAsync(page, "choice", [new("state", "erased")], Cancellation);

        await UntilAsync(answering, correction, "Effacé");
        (await asking.GetAsync($"/cases/{caseId}", Cancellation)).Text.ShouldNotContain("À une société inventée");
    }

    [Fact]
    public async Task Pages_of_corrections_open_in_every_language_without_a_missing_label()
    {
        await using var rabat = await TestNode.StartAsync("ma.interieur");
        using var officer = await SignedInAsync(rabat);

        foreach (var path in new[] { "/corrections", "/inbox" })
        {
            foreach (var language in Entente.Node.Web.LabelBook.Languages)
            {
                (await officer.GetAsync($"{path}?lang={language}", Cancellation)).Text.ShouldNotContain(
                    "[corrections."
                );
            }
        }
    }

    private static async Task StepAsync(BrowserlessClient officer, string caseId, string step, string words)
    {
        var page = await officer.GetAsync($"/cases/{caseId}", Cancellation);
        var href = page.Document.QuerySelector($"a[href*='step={step}']")!.GetAttribute("href")!; // Offered on the page.
        var form = await officer.GetAsync(href, Cancellation);
        var sent = await officer.SubmitAsync(form, "clock", [new("text", words)], Cancellation);
        sent.Url.AbsolutePath.ShouldBe($"/cases/{caseId}", sent.Text);
    }

    private static async Task<string> RecallAsync(BrowserlessClient officer, string caseId)
    {
        await UntilAsync(officer, $"/cases/{caseId}", "Rappeler ou rectifier");
        var page = await officer.GetAsync($"/cases/{caseId}", Cancellation);
        var href = page.Document.QuerySelector("a[href*='/correct/']")!.GetAttribute("href")!; // Waited for.
        var form = await officer.GetAsync(href, Cancellation);
        var sent = await officer.SubmitAsync(form, "correct", [new("ground", "inaccurate")], Cancellation);
        sent.Url.AbsolutePath.ShouldStartWith("/corrections/", customMessage: sent.Text);
        return sent.Url.AbsolutePath;
    }
}
