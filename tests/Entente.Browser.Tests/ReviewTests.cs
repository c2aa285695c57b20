using Entente.Browser.Tests.Support;
using Entente.Node.Commands.Demo;
using Microsoft.Playwright;

namespace Entente.Browser.Tests;

/// <summary>The review of a reading by mouse and by keyboard.</summary>
public sealed class ReviewTests(Site site)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("ENTENTE_SCREENSHOTS");

    [Fact]
    public async Task Words_selected_by_mouse_become_a_value_of_the_field_they_are_given_to()
    {
        await using var context = await site.OpenAsync("desk");
        var page = await ReviewAsync(context, "souris");

        await SelectAsync(page, "souris");
        await page.ClickAsync("#assign a[href*='add=body']");

        await Assertions.Expect(page.Locator(".reading-add .selected-words")).ToHaveValueAsync("souris");
        await page.FillAsync("#add-body-value", "Service de la souris");
        await page.ClickAsync("form.reading-add button[type=submit]");
        await Assertions.Expect(page.Locator("#field-body")).ToContainTextAsync("Service de la souris");
        await Assertions.Expect(page.Locator(".reading-body .mark.f-body").Last).ToHaveTextAsync("souris");
    }

    [Fact]
    public async Task Words_are_selected_and_given_to_a_field_by_keyboard_alone()
    {
        await using var context = await site.OpenAsync("desk");
        var page = await ReviewAsync(context, "clavier");

        await page.FocusAsync(".reading-body");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Control+Home");
        await page.Keyboard.PressAsync("Control+Shift+ArrowRight");
        await page.Keyboard.PressAsync("a");
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync("**add=kind**");
        await Assertions.Expect(page.Locator(".reading-add .selected-words")).Not.ToHaveValueAsync("");
    }

    [Fact]
    public async Task Values_are_sorted_by_confidence_without_their_fields()
    {
        await using var context = await site.OpenAsync("desk");
        var page = await ReviewAsync(context, "ordre");

        await page.ClickAsync(".reading-order a[href*='order=confidence']");

        var shown = await page.Locator(".reading-value .confidence").AllInnerTextsAsync();
        var figures = shown.Select(s => int.Parse(string.Concat(s.Where(char.IsAsciiDigit)), null)).ToList();
        figures.Count.ShouldBeGreaterThan(5);
        figures.ShouldBeInOrder();
    }

    [Theory]
    [InlineData("fr", 1440, ColorScheme.Light)]
    [InlineData("ar", 1440, ColorScheme.Dark)]
    [InlineData("fr", 390, ColorScheme.Dark)]
    [InlineData("ar", 390, ColorScheme.Light)]
    public async Task Review_and_comparison_are_pictured(string language, int width, ColorScheme scheme)
    {
        Assert.SkipWhen(Folder is null, "ENTENTE_SCREENSHOTS names no folder.");
        var options = new BrowserNewContextOptions
        {
            Locale = language,
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = 900 },
        };
        await using var context = await site.OpenAsync("desk", options);
        var page = await ReviewAsync(context, $"image {language} {width}");
        await SelectAsync(page, "image");
        await PictureAsync(page, "review", language, width);
        var review = page.Url;
        await page.GotoAsync($"{review.Split('?')[0]}?order=confidence");
        await PictureAsync(page, "confidence", language, width);
        await page.GotoAsync($"{review.Split('?')[0]}/together");
        await PictureAsync(page, "together", language, width);
        await page.GotoAsync("/readings");
        await PictureAsync(page, "list", language, width);
    }

    private static Task PictureAsync(IPage page, string what, string language, int width) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, $"{what}-{language}-{width}.png"), FullPage = true }); // Skipped when null.

    // A text of its own for each test: the same content is read once.
    private static async Task<IPage> ReviewAsync(IBrowserContext context, string ending)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/readings");
        var text = await File.ReadAllTextAsync(DemoSamples.TheOne, TestContext.Current.CancellationToken);
        await page.FillAsync("#text", $"{text}\n\nTexte relu : {ending}");
        await page.ClickAsync("form[action='/readings/receive'] button[type=submit]");
        await page.WaitForURLAsync("**/readings/0*");
        return page;
    }

    // As a mouse does it: the words, then the button let go.
    private static Task SelectAsync(IPage page, string words) =>
        page.EvaluateAsync(
            """
            (words) => {
              const text = document.querySelector(".reading-body");
              const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
              let node;
              while ((node = walker.nextNode()) && !node.data.includes(words));
              const range = document.createRange();
              range.setStart(node, node.data.lastIndexOf(words));
              range.setEnd(node, node.data.lastIndexOf(words) + words.length);
              const selection = document.getSelection();
              selection.removeAllRanges();
              selection.addRange(range);
              text.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
            }
            """,
            words
        );
}
