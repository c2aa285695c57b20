using System.Diagnostics.CodeAnalysis;

namespace Entente.Node.Commands.Demo;

/// <summary>A step of the scenario did not hold: what, and what the page said instead.</summary>
internal sealed class ScenarioBroken(string what) : InvalidOperationException(what)
{
    public static void Unless([DoesNotReturnIf(false)] bool held, string what, BrowserlessPage page)
    {
        if (!held)
        {
            var alerts = page
                .Document.QuerySelectorAll("[role=alert], .invalid-feedback")
                .Select(e => Words(e.TextContent));
            throw new ScenarioBroken(
                $"{what}: {page.Url.AbsolutePath} ({(int)page.Status}) {string.Join(" | ", alerts)}"
            );
        }
    }

    private static string Words(string text) =>
        string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
