using Entente.Node.Commands.Demo;
using Microsoft.Playwright;

namespace Entente.Browser.Tests.Support;

/// <summary>What two liaison officers do in their browsers: ask, answer, warn.</summary>
internal static class Exchanges
{
    public const string Madrid = "es.interior";

    /// <summary>The collection of the tests that write to Madrid, one after the other: what waits there is counted.</summary>
    public const string Alone = "Exchanges";

    /// <summary>A request to Madrid; the page shows its case afterwards.</summary>
    public static async Task AskAsync(IPage page, string subject)
    {
        await page.GotoAsync($"/compose?to=liaison@{Madrid}");
        await FillRequestAsync(page, "1");
        await page.FillAsync("#subject", subject);
        await SendAsync(page);
        await page.WaitForURLAsync("**/cases/**");
    }

    /// <summary>The demo's request on the open form.</summary>
    public static async Task FillRequestAsync(IPage page, string rank)
    {
        var basis = await BasisAsync(page);
        foreach (var (name, value) in DemoRequest.Fields(basis).Where(f => f.Key != "action"))
        {
            await EnterAsync(page, name, name == "rank" ? rank : value);
        }
    }

    /// <summary>Opens the case of a request that is on its way or there.</summary>
    public static async Task OpenAsync(IPage page, string subject)
    {
        await page.GotoAsync("/inbox");
        await ShowsAsync(page, subject);
        await page.Locator("a[href^='/cases/']", new() { HasTextString = subject }).First.ClickAsync();
    }

    /// <summary>Answers on the open page of the case.</summary>
    public static async Task AnswerAsync(IPage page)
    {
        await page.ClickAsync("a[href*='/answer']");
        foreach (var (name, value) in DemoRequest.Answer.Where(f => f.Key != "action"))
        {
            await EnterAsync(page, name, value);
        }

        await SendAsync(page);
        await page.WaitForURLAsync(url => !url.Contains("/answer", StringComparison.Ordinal));
    }

    /// <summary>An alert, from the inbox on.</summary>
    /// <param name="node">The partner's.</param>
    public static async Task WarnAsync(IPage page, string node, string subject)
    {
        await page.GotoAsync("/inbox");
        await page.ClickAsync("a[href='/compose?kind=alert']");
        await page.ClickAsync($"main a[href*='{node}']");
        await page.FillAsync("#subject", subject);
        await page.SelectOptionAsync("#domain", "drug-trafficking");
        await page.SelectOptionAsync("#acknowledge", "15m");
        await page.SelectOptionAsync("#basis", await BasisAsync(page));
        await page.FillAsync("#purpose", "Exercice de démonstration");
        await page.FillAsync("#text", "Exercice : un envoi inventé part ce soir.");
        await page.SelectOptionAsync("#reliability", "B");
        await page.SelectOptionAsync("#accuracy", "2");
        if (await page.Locator("#transfer-ground").CountAsync() > 0)
        {
            await page.SelectOptionAsync("#transfer-ground", "case");
            await page.FillAsync("#transfer-reason", "Exercice : données inventées.");
        }

        await SendAsync(page);
        await page.WaitForURLAsync("**/cases/**");
    }

    public static Task SendAsync(IPage page) => page.ClickAsync("button[name=action][value=send]");

    /// <summary>What crosses the link is there a moment later for whoever looks again.</summary>
    public static async Task ShowsAsync(IPage page, string words)
    {
        for (var i = 0; i < 60 && !(await page.InnerTextAsync("main")).Contains(words, StringComparison.Ordinal); i++)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            await page.ReloadAsync();
        }

        (await page.InnerTextAsync("main")).ShouldContain(words);
    }

    public static async Task EnterAsync(IPage page, string name, string value)
    {
        var field = page.Locator($"main [name='{name}']");
        switch (await field.First.EvaluateAsync<string>("e => e.type"))
        {
            case "checkbox":
                await page.CheckAsync($"main [name='{name}'][value='{value}']");
                break;
            case "select-one":
                await field.SelectOptionAsync(value);
                break;
            default:
                await field.FillAsync(value);
                break;
        }
    }

    private static async Task<string> BasisAsync(IPage page) =>
        await page.Locator("select[name=basis] option:not([value=''])").First.GetAttributeAsync("value") ?? "";
}
