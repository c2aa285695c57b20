using Entente.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Entente.Browser.Tests;

/// <summary>
/// For people to look at: ENTENTE_SCREENSHOTS=folder saves every page, wide and narrow, light and dark, in three languages.
/// ENTENTE_SCREENSHOTS_OF=liaison saves those of one reader only.
/// </summary>
public sealed class ScreenshotTests(Site site)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("ENTENTE_SCREENSHOTS");
    private static readonly string? Only = Environment.GetEnvironmentVariable("ENTENTE_SCREENSHOTS_OF");

    [Theory]
    [InlineData("fr", 1440, ColorScheme.Light)]
    [InlineData("ar", 1440, ColorScheme.Light)]
    [InlineData("fr", 1440, ColorScheme.Dark)]
    [InlineData("fr", 390, ColorScheme.Light)]
    [InlineData("ar", 390, ColorScheme.Dark)]
    [InlineData("es", 1440, ColorScheme.Light)]
    public async Task Every_page_is_pictured(string language, int width, ColorScheme scheme)
    {
        Assert.SkipWhen(Folder is null, "ENTENTE_SCREENSHOTS names no folder.");
        await site.ExchangeAsync();
        foreach (var reader in (string?[])[null, "supervisor", "liaison", "desk", "security1", "auditor"])
        {
            if (Only is not null && Only != (reader ?? "nobody"))
            {
                continue;
            }

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
        var name = $"{reader ?? "nobody"}{Named(path)}-{language}-{width}-{scheme}.png";
        return page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, name), FullPage = true }); // Skipped when null.
    }

    // The page, and what of it was asked for: two views of one place are two pictures.
    private static string Named(string path) =>
        string.Join(
                '_',
                path.Split('?').SelectMany((part, i) => i == 0 ? [part] : part.Split('&').Select(p => p.Split('=')[0]))
            )
            .Replace('/', '_');
}
