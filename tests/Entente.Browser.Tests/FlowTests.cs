using Entente.Browser.Tests.Support;
using Entente.Node.Commands.Demo;
using Microsoft.Playwright;

namespace Entente.Browser.Tests;

/// <summary>What goes on about a request, as two people see it in their browsers.</summary>
public sealed class FlowTests(Site site)
{
    private const string Madrid = "es.interior";
    private const string Subject = "Précision et rappel de démonstration";

    [Fact]
    public async Task Clarification_stops_the_clock_on_both_sides_and_a_recalled_answer_is_erased()
    {
        await using var rabat = await site.OpenAsync("liaison");
        await using var madrid = await site.OpenAsync("liaison", new() { Locale = "es-ES" }, Madrid);
        var asking = await rabat.NewPageAsync();
        var answering = await madrid.NewPageAsync();
        await AskAsync(asking);
        await answering.GotoAsync("/inbox");
        await answering.Locator("a[href^='/cases/']", new() { HasTextString = Subject }).First.ClickAsync();

        await StepAsync(answering, "ask", "¿Qué puerto?");
        await ShowsAsync(asking, "Délai suspendu");
        await ShowsAsync(answering, "Plazo suspendido");
        await StepAsync(asking, "clarify", "Le port inventé");
        await ShowsAsync(answering, "Le port inventé");
        await AnswerAsync(answering);
        await ShowsAsync(asking, "DEMO-TITULAR-01");

        await answering.ClickAsync("article:has-text('DEMO-TITULAR-01') a[href*='/correct/']");
        await answering.ClickAsync("main button[type=submit]");
        await answering.WaitForURLAsync("**/corrections/**");
        await ShowsAsync(asking, "Rappelé par son expéditeur");
        await asking.ClickAsync("main article a[href^='/corrections/']");
        await asking.CheckAsync("input[name=state][value=erased]");
        await asking.ClickAsync("main form button[type=submit]");
        await ShowsAsync(asking, "Effacé");
        await ShowsAsync(answering, "Borrado");
    }

    /// <summary>What crosses the link is there a moment later for whoever looks again.</summary>
    private static async Task ShowsAsync(IPage page, string words)
    {
        for (var i = 0; i < 60 && !(await page.InnerTextAsync("main")).Contains(words, StringComparison.Ordinal); i++)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            await page.ReloadAsync();
        }

        (await page.InnerTextAsync("main")).ShouldContain(words);
    }

    private static async Task AskAsync(IPage page)
    {
        await page.GotoAsync($"/compose?to=liaison@{Madrid}");
        var basis = await page.Locator("select[name=basis] option:not([value=''])").First.GetAttributeAsync("value");
        foreach (var (name, value) in DemoRequest.Fields(basis ?? "").Where(f => f.Key != "action"))
        {
            await ScenarioTests.EnterAsync(page, name, name == "rank" ? "1" : value);
        }

        await page.FillAsync("#subject", Subject);
        await page.ClickAsync("button[name=action][value=send]");
        await page.WaitForURLAsync("**/cases/**");
    }

    private static async Task StepAsync(IPage page, string step, string words)
    {
        await page.ClickAsync($"a[href*='step={step}']");
        await page.FillAsync("#text", words);
        await page.ClickAsync("main form button[type=submit]");
        await page.WaitForURLAsync(url => !url.Contains("/clock", StringComparison.Ordinal));
    }

    private static async Task AnswerAsync(IPage page)
    {
        await page.ClickAsync("a[href*='/answer']");
        foreach (var (name, value) in DemoRequest.Answer.Where(f => f.Key != "action"))
        {
            await ScenarioTests.EnterAsync(page, name, value);
        }

        await page.ClickAsync("button[name=action][value=send]");
        await page.WaitForURLAsync(url => !url.Contains("/answer", StringComparison.Ordinal));
    }
}
