using Entente.Browser.Tests.Support;
using Entente.Node.Commands.Demo;
using Microsoft.Playwright;

namespace Entente.Browser.Tests;

/// <summary>The main job as two people do it in their browsers: Rabat asks, Madrid answers, Berlin gets nothing.</summary>
[Collection(Exchanges.Alone)]
public sealed class ScenarioTests(Site site)
{
    [Fact]
    public async Task Desk_pastes_a_communique_sees_its_words_and_accepts_it()
    {
        await using var context = await site.OpenAsync("desk");
        var page = await context.NewPageAsync();
        await page.GotoAsync("/readings");
        var text = await File.ReadAllTextAsync(DemoSamples.TheOne, TestContext.Current.CancellationToken);
        await page.FillAsync("#text", $"{text}\n\nVersion transmise aux rédactions.");
        await page.ClickAsync("form[action='/readings/receive'] button[type=submit]");

        await page.WaitForURLAsync("**/readings/0*");
        (await page.Locator("[data-values]").CountAsync()).ShouldBeGreaterThan(5);
        await page.ClickAsync("#accept button[type=submit]");

        await page.WaitForURLAsync("**/record/meetings/**");
        (await page.Locator("main").InnerTextAsync()).ShouldContain("Nancy Faeser");
    }

    [Fact]
    public async Task Request_is_refused_sent_answered_and_not_passed_on()
    {
        await using var rabat = await site.OpenAsync("liaison");
        await using var madrid = await site.OpenAsync("liaison", new() { Locale = "es-ES" }, Exchanges.Madrid);
        var asking = await rabat.NewPageAsync();
        await asking.GotoAsync($"/compose?to=liaison@{Exchanges.Madrid}");

        await FillAsync(asking, "2");
        await Assertions.Expect(asking.Locator("#guard li").First).ToBeVisibleAsync();
        (await asking.InputValueAsync("#subject")).ShouldBe(Subject);
        await asking.SelectOptionAsync("#rank", "1");
        await Exchanges.SendAsync(asking);
        await asking.WaitForURLAsync("**/cases/**");

        await AnswerAsync(await madrid.NewPageAsync());

        // Nobody reloads: the case follows what happens by itself.
        var why = asking.Locator("details:has([id^='guardforward-'])");
        await Assertions.Expect(why).ToBeVisibleAsync();
        await Assertions.Expect(asking.Locator("main")).ToContainTextAsync("DEMO-TITULAR-01");
        await why.Locator("summary").ClickAsync();
        await Assertions.Expect(why.Locator("li").First).ToBeVisibleAsync();

        // Whoever goes there all the same is refused.
        var section = (await why.Locator("section").GetAttributeAsync("id"))!; // Found above.
        await asking.GotoAsync($"/compose?to=liaison@de.bmi&forward={section["guardforward-".Length..]}");
        await FillAsync(asking, "1");
        await Assertions.Expect(asking.Locator("#guard li").First).ToBeVisibleAsync();
    }

    private static string Subject => DemoRequest.Fields("").Single(f => f.Key == "subject").Value;

    private static async Task AnswerAsync(IPage page)
    {
        await Exchanges.OpenAsync(page, Subject);
        await page.ClickAsync("#take button");
        await Exchanges.AnswerAsync(page);
    }

    private static async Task FillAsync(IPage page, string rank)
    {
        await Exchanges.FillRequestAsync(page, rank);
        await Exchanges.SendAsync(page);
    }
}
