using Microsoft.Playwright;

namespace Entente.Browser.Tests.Support;

/// <summary>The system's own Chromium: nothing is downloaded. Absent, tests are skipped at a desk and fail in CI.</summary>
internal static class Chromium
{
    private const string Program = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    public static bool IsHere => File.Exists(Program);

    public static void IsNeeded()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.SkipUnless(IsHere, $"{Program} is not here (package chromium).");
        }
    }

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Program,
                Headless = true,
                Args = Arguments,
            }
        );
}
