using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Entente.Browser.Tests.Support;

/// <summary>
/// Walks the pages as a reader would, by their links, and takes each kind of page once: `/cases/{id}` is one kind, and `/compose?to=` another than `/compose`. A new
/// page that something links to is tested without being named here.
/// </summary>
internal static partial class Walk
{
    private const int Most = 60;
    private static readonly string[] FirstSteps = ["/", "/help"];
    private static readonly string[] BeforeSignIn = ["/sign-in", "/error/404", "/error/500"];

    public static async Task EveryPageAsync(IPage page, bool signedIn, Func<string, Task> visit)
    {
        var waiting = new Queue<string>(signedIn ? FirstSteps : [.. FirstSteps, .. BeforeSignIn]);
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        var siblings = new Dictionary<string, int>(StringComparer.Ordinal);
        while (waiting.TryDequeue(out var path) && kinds.Count < Most)
        {
            if (!kinds.Add(Kind(path)) || !IsFew(siblings, path))
            {
                continue;
            }

            if (await GoAsync(page, path) is { } answer && await IsPageAsync(answer))
            {
                await visit(path);
            }

            foreach (var link in await LinksAsync(page))
            {
                waiting.Enqueue(link);
            }
        }
    }

    private static async Task<IResponse?> GoAsync(IPage page, string path)
    {
        try
        {
            return await page.GotoAsync(path);
        }
        catch (PlaywrightException e) when (e.Message.Contains("Download is starting", StringComparison.Ordinal))
        {
            return null; // A file to save is no page.
        }
    }

    // A download, or a place whose page is not there, is not for the reader's eyes.
    private static async Task<bool> IsPageAsync(IResponse answer) =>
        (answer.Ok || answer.Url.Contains("/error/", StringComparison.Ordinal))
        && (await answer.HeaderValueAsync("content-type"))?.StartsWith("text/html", StringComparison.Ordinal) == true;

    private static async Task<string[]> LinksAsync(IPage page) =>
        await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('a[href^="/"]:not([download])')]
              .map(a => a.getAttribute('href').split('#')[0])
              .filter(h => h.length > 0)
            """
        );

    /// <summary>Names of things without a digit in them are all alike too: three below one place are enough.</summary>
    private static bool IsFew(Dictionary<string, int> siblings, string path)
    {
        var parent = path.Split('?')[0];
        parent = parent[..parent.LastIndexOf('/')];
        return parent.Length == 0 || (siblings[parent] = siblings.GetValueOrDefault(parent) + 1) <= 3;
    }

    private static string Kind(string path)
    {
        var parts = path.Split('?');
        var asked = parts.Length == 1 ? [] : parts[1].Split('&').Select(pair => pair.Split('=')[0]);
        return string.Join('?', [Identifier().Replace(parts[0], "/*"), .. asked]);
    }

    /// <summary>Part of a path that names one thing: has a digit, a dot or a capital.</summary>
    [GeneratedRegex("/[^/]*[0-9.A-Z@][^/]*")]
    private static partial Regex Identifier();
}
