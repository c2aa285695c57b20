using Entente.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Entente.Browser.Tests;

/// <summary>For people to look at: ENTENTE_SCREENSHOTS=folder saves every page, wide and narrow, light and dark, in two languages.</summary>
public sealed class ScreenshotTests(Site site)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("ENTENTE_SCREENSHOTS");

    [Theory]
    [InlineData("fr", 1440, ColorScheme.Light)]
    [InlineData("ar", 1440, ColorScheme.Light)]
    [InlineData("fr", 1440, ColorScheme.Dark)]
    [InlineData("fr", 390, ColorScheme.Light)]
    [InlineData("ar", 390, ColorScheme.Dark)]
    public async Task Every_page_is_pictured(string language, int width, ColorScheme scheme)
    {
        Assert.SkipWhen(Folder is null, "ENTENTE_SCREENSHOTS names no folder.");
        foreach (var reader in (string?[])[null, "supervisor", "desk", "security1", "auditor"])
        {
            var options = new BrowserNewContextOptions
            {
                Locale = language,
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 900 },
            };
            await using var context = await site.OpenAsync(reader, options);
            var page = await context.NewPageAsync();
            await Walk.EveryPageAsync(
                page,
                reader is not null,
                path => PictureAsync(page, reader, path, language, width, scheme)
            );
        }
    }

    private static Task PictureAsync(
        IPage page,
        string? reader,
        string path,
        string language,
        int width,
        ColorScheme scheme
    )
    {
        var name = $"{reader ?? "nobody"}{path.Split('?')[0].Replace('/', '_')}-{language}-{width}-{scheme}.png";
        return page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, name), FullPage = true }); // Skipped when null.
    }
}
