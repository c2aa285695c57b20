using Entente.Browser.Tests.Support;

namespace Entente.Browser.Tests;

/// <summary>Locked-down desktops run no scripts: everything must work without.</summary>
public sealed class ScriptlessTests(Site site)
{
    [Fact]
    public async Task Language_and_theme_are_chosen_without_script()
    {
        await using var context = await site.OpenAsync(null, new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/help");
        (await page.GetAttributeAsync("html", "lang")).ShouldBe("fr");

        await page.ClickAsync("summary:has-text('Français')");
        await page.ClickAsync("button[value=ar]");

        page.Url.ShouldEndWith("/help");
        (await page.GetAttributeAsync("html", "lang")).ShouldBe("ar");
        (await page.GetAttributeAsync("html", "dir")).ShouldBe("rtl");

        await page.ClickAsync("details.menu:has(button[value=dark]) > summary");
        await page.ClickAsync("button[value=dark]");

        (await page.GetAttributeAsync("html", "data-bs-theme")).ShouldBe("dark");
        (await page.GetAttributeAsync("html", "lang")).ShouldBe("ar");
    }

    [Fact]
    public async Task Officer_signs_in_goes_to_the_inbox_and_signs_out_without_script()
    {
        await using var context = await site.OpenAsync(null, new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await site.SignInAsync(page, "liaison");
        page.Url.ShouldEndWith("/inbox");

        await page.ClickAsync("details.menu:has(form[action='/sign-out']) > summary");
        await page.ClickAsync("form[action='/sign-out'] button");
        await page.GotoAsync("/inbox");

        page.Url.ShouldContain("/sign-in");
    }

    [Fact]
    public async Task Places_open_on_a_telephone_without_script()
    {
        await using var context = await site.OpenAsync(
            "supervisor",
            new()
            {
                JavaScriptEnabled = false,
                ViewportSize = new() { Width = 390, Height = 844 },
            }
        );
        var page = await context.NewPageAsync();
        await page.GotoAsync("/help");
        (await page.IsVisibleAsync(".shell-nav")).ShouldBeFalse();

        await page.ClickAsync(".shell-places > summary");

        (await page.IsVisibleAsync(".shell-nav a[href='/cases']")).ShouldBeTrue();
    }
}
