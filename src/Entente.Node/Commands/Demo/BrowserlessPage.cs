using System.Net;
using AngleSharp.Html.Dom;

namespace Entente.Node.Commands.Demo;

/// <summary>A page as it came: where it ended up after redirects, its status, its document.</summary>
internal sealed record BrowserlessPage(Uri Url, HttpStatusCode Status, IHtmlDocument Document)
{
    public string Text => Document.Body?.TextContent ?? "";

    /// <summary>The form of that Blazor form name, id or action.</summary>
    /// <exception cref="InvalidOperationException">The page has no such form.</exception>
    public IHtmlFormElement Form(string name) =>
        Document.Forms.FirstOrDefault(form =>
            form.Id == name
            || form.GetAttribute("action") == name
            || form.QuerySelector("input[name=_handler]")?.GetAttribute("value") == name
        )
        ?? throw new InvalidOperationException(
            $"{Url} ({(int)Status}) has no form '{name}': {string.Join(' ', Text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Take(60))}"
        );
}
