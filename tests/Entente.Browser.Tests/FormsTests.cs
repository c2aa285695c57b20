using Entente.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Entente.Browser.Tests;

/// <summary>What somebody writes at night is neither lost nor sent twice.</summary>
[Collection(Exchanges.Alone)]
public sealed class FormsTests(Site site)
{
    [Fact]
    public async Task Form_sent_by_a_double_click_is_sent_once()
    {
        await using var context = await site.OpenAsync("liaison");
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/compose?to=liaison@{Exchanges.Madrid}");
        await Exchanges.FillRequestAsync(page, "1");
        await page.FillAsync("#subject", "Exercice du double clic");

        await page.EvaluateAsync(
            "() => { const b = document.querySelector('button[value=send]'); b.click(); b.click(); }"
        );
        await page.WaitForURLAsync("**/cases/**");

        await page.GotoAsync("/outbox?q=clic");
        (await page.Locator("main a[href^='/cases/']").CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Form_whose_session_has_ended_stays_as_it_was_written_and_says_where_to_sign_in()
    {
        await using var context = await site.OpenAsync("liaison");
        var page = await context.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync($"/compose?to=liaison@{Exchanges.Madrid}");
        await Exchanges.FillRequestAsync(page, "1");
        await page.FillAsync("#subject", "Exercice de la session finie");
        await context.ClearCookiesAsync();
        await page.Clock.FastForwardAsync("02:00"); // Longer than a page is trusted to be signed in.

        await Exchanges.SendAsync(page);

        await Assertions.Expect(page.Locator("[data-lost-shown] a[href='/sign-in']")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#subject")).ToHaveValueAsync("Exercice de la session finie");
    }
}
