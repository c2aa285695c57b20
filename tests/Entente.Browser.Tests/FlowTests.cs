using Entente.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Entente.Browser.Tests;

/// <summary>What goes on about a request, as two people see it in their browsers.</summary>
[Collection(Exchanges.Alone)]
public sealed class FlowTests(Site site)
{
    private const string Subject = "Précision et rappel de démonstration";

    [Fact]
    public async Task Clarification_stops_the_clock_on_both_sides_and_a_recalled_answer_is_erased()
    {
        await using var rabat = await site.OpenAsync("liaison");
        await using var madrid = await site.OpenAsync("liaison", new() { Locale = "es-ES" }, Exchanges.Madrid);
        var asking = await rabat.NewPageAsync();
        var answering = await madrid.NewPageAsync();
        await Exchanges.AskAsync(asking, Subject);
        await Exchanges.OpenAsync(answering, Subject);

        await StepAsync(answering, "ask", "¿Qué puerto?");
        await Exchanges.ShowsAsync(asking, "Délai suspendu");
        await Exchanges.ShowsAsync(answering, "Plazo suspendido");
        await StepAsync(asking, "clarify", "Le port inventé");
        await Exchanges.ShowsAsync(answering, "Le port inventé");
        await Exchanges.AnswerAsync(answering);
        await Exchanges.ShowsAsync(asking, "DEMO-TITULAR-01");

        await answering.ClickAsync("article:has-text('DEMO-TITULAR-01') a[href*='/correct/']");
        await answering.ClickAsync("main button[type=submit]");
        await answering.WaitForURLAsync("**/corrections/**");
        await Exchanges.ShowsAsync(asking, "Rappelé par son expéditeur");
        await asking.ClickAsync("main article a[href^='/corrections/']");
        await asking.CheckAsync("input[name=state][value=erased]");
        await asking.ClickAsync("main form button[type=submit]");
        await Exchanges.ShowsAsync(asking, "Effacé");
        await Exchanges.ShowsAsync(answering, "Borrado");
    }

    [Fact]
    public async Task Alert_stands_in_the_partners_inbox_until_somebody_takes_it_in_charge()
    {
        const string subject = "Alerte de démonstration au large";
        await site.ExchangeAsync(); // What it writes is counted too: not while this counts.
        await using var rabat = await site.OpenAsync("liaison");
        await using var madrid = await site.OpenAsync("liaison", new() { Locale = "es-ES" }, Exchanges.Madrid);
        var warning = await rabat.NewPageAsync();
        var warned = await madrid.NewPageAsync();
        await warned.GotoAsync("/help");
        var before = await WaitingAsync(warned);
        await Exchanges.WarnAsync(warning, Exchanges.Madrid, subject);

        // Whatever page is open counts it, without being asked again.
        await Assertions
            .Expect(warned.Locator(".shell-nav [data-waiting]"))
            .ToHaveAttributeAsync("data-waiting", $"{before + 1}");
        (await warned.TitleAsync()).ShouldStartWith($"({before + 1}) ");
        await Exchanges.OpenAsync(warned, subject);
        await Exchanges.ShowsAsync(warned, "un envoi inventé");
        await warned.ClickAsync("#take button");

        await Exchanges.ShowsAsync(warning, "Pris en charge");
        await warned.GotoAsync("/inbox");
        (await warned.InnerTextAsync("main")).ShouldNotContain(subject);
    }

    [Fact]
    public async Task Open_page_says_that_its_session_has_ended()
    {
        await using var context = await site.OpenAsync(null);
        var watching = await context.NewPageAsync();
        await site.SignInAsync(watching, "liaison");
        var leaving = await context.NewPageAsync();
        await leaving.GotoAsync("/account");
        await Assertions.Expect(watching.Locator("[data-lost-shown]")).ToHaveCountAsync(0);

        await leaving.ClickAsync("details.menu:has(form[action='/sign-out']) > summary");
        await leaving.ClickAsync("form[action='/sign-out'] button");

        await Assertions.Expect(watching.Locator("[data-lost-shown=ended]")).ToBeVisibleAsync();
    }

    private static async Task<int> WaitingAsync(IPage page) =>
        await page.EvaluateAsync<int>(
            "Number(document.querySelector('.shell-nav [data-waiting]')?.dataset.waiting ?? 0)"
        );

    private static async Task StepAsync(IPage page, string step, string words)
    {
        await page.ClickAsync($"a[href*='step={step}']");
        await page.FillAsync("#text", words);
        await page.ClickAsync("main form button[type=submit]");
        await page.WaitForURLAsync(url => !url.Contains("/clock", StringComparison.Ordinal));
    }
}
