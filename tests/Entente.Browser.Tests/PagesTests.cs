using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Entente.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Entente.Browser.Tests;

/// <summary>What holds for every page, whoever reads it.</summary>
public sealed class PagesTests(Site site)
{
    private const int Budget = 300 * 1024;

    // Each login once per language; together they see every place.
    private static readonly string?[] Readers = [null, "supervisor", "liaison", "desk", "security1", "auditor"];

    public static TheoryData<string?, string> ReadersAndLanguages()
    {
        var data = new TheoryData<string?, string>();
        foreach (var reader in Readers)
        {
            data.Add(reader, "fr");
            data.Add(reader, "ar");
        }

        return data;
    }

    [Theory, MemberData(nameof(ReadersAndLanguages))]
    public async Task Every_page_is_accessible_and_runs_under_its_policy(string? reader, string language)
    {
        // axe is a script from outside: the policy that keeps it out is checked by listening for what it blocked.
        // Colours are judged in both themes: light with one language, dark with the other.
        var options = new BrowserNewContextOptions
        {
            Locale = language,
            BypassCSP = true,
            ColorScheme = language == "fr" ? ColorScheme.Light : ColorScheme.Dark,
        };
        await site.ExchangeAsync();
        await using var context = await site.OpenAsync(reader, options);
        var page = await context.NewPageAsync();
        var wrong = new List<string>();
        await Walk.EveryPageAsync(
            page,
            reader is not null,
            async path => wrong.AddRange(await FaultsAsync(page, path, language))
        );
        wrong.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(ReadersAndLanguages))]
    public async Task Every_page_breaks_no_policy_and_fits_a_telephone(string? reader, string language)
    {
        await site.ExchangeAsync();
        await using var context = await site.OpenAsync(
            reader,
            new()
            {
                Locale = language,
                ViewportSize = new() { Width = 390, Height = 844 },
            }
        );
        var page = await context.NewPageAsync();
        var wrong = new List<string>();
        page.Console += (_, message) =>
        {
            // A status is the answer's matter, not the policy's.
            if (message.Type == "error" && !message.Text.Contains("with a status of", StringComparison.Ordinal))
            {
                wrong.Add($"{page.Url}: {message.Text}");
            }
        };
        await Walk.EveryPageAsync(
            page,
            reader is not null,
            async path =>
            {
                var over = await page.EvaluateAsync<int>(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                );
                if (over > 0)
                {
                    wrong.Add($"{path}: {over} px too wide");
                }
            }
        );
        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, "/", "fr")]
    [InlineData(null, "/sign-in", "ar")]
    [InlineData("supervisor", "/inbox", "ar")]
    [InlineData("desk", "/record", "ar")]
    [InlineData("desk", "/readings", "fr")]
    public async Task First_visit_transfers_less_than_300_KB(string? reader, string path, string language)
    {
        await using var context = await site.OpenAsync(reader, new() { Locale = language });
        var page = await context.NewPageAsync();
        var network = await context.NewCDPSessionAsync(page);
        await network.SendAsync("Network.enable");
        double bytes = 0;
        network.Event("Network.loadingFinished").OnEvent += (_, e) =>
            bytes += e!.Value.GetProperty("encodedDataLength").GetDouble(); // The protocol's event has a body.
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        await page.EvaluateAsync("document.fonts.ready.then(() => true)");
        await Task.Delay(200, TestContext.Current.CancellationToken);
        TestContext.Current.SendDiagnosticMessage($"{path} {language}: {bytes / 1024:F0} KB");
        bytes.ShouldBeInRange(10_000, Budget);
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(IPage page, string path, string language)
    {
        var wrong = new List<string>();
        var direction = await page.GetAttributeAsync("html", "dir");
        if (direction != (language == "ar" ? "rtl" : "ltr"))
        {
            wrong.Add($"{path}: dir={direction} in {language}");
        }

        if (await page.Locator("h1").CountAsync() != 1)
        {
            wrong.Add($"{path}: {await page.Locator("h1").CountAsync()} h1");
        }

        if ((await page.ContentAsync()) is var html && html.Contains("[error.", StringComparison.Ordinal))
        {
            wrong.Add($"{path}: a label is missing");
        }

        var axe = await page.RunAxe(
            new AxeRunOptions
            {
                RunOnly = new RunOnlyOptions
                {
                    Type = "tag",
                    Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
                },
            }
        );
        wrong.AddRange(axe.Violations.SelectMany(v => v.Nodes.Select(n => $"{path} ({language}): {v.Id}: {n.Html}")));
        return wrong;
    }
}
