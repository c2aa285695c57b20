using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Entente.Reading;

/// <summary>The readable text of a web page: blocks as lines, without scripts, navigation and forms. What is left of
/// the page's frame the reader itself sets aside.</summary>
public static class HtmlText
{
    /// <summary>Deeper nesting is an attack: such a page is read as plain text instead of as a tree.</summary>
    private const int DeepestNesting = 400;

    private static readonly HashSet<string> Skipped =
    [
        "SCRIPT",
        "STYLE",
        "NOSCRIPT",
        "NAV",
        "FORM",
        "SVG",
        "IFRAME",
        "TEMPLATE",
        "BUTTON",
        "SELECT",
        "HEAD",
        "OBJECT",
    ];

    private static readonly HashSet<string> Blocks =
    [
        "P",
        "DIV",
        "LI",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "BR",
        "TR",
        "SECTION",
        "ARTICLE",
        "HEADER",
        "FOOTER",
        "BLOCKQUOTE",
        "UL",
        "OL",
        "TABLE",
        "MAIN",
        "ASIDE",
        "FIGCAPTION",
        "FIGURE",
        "DD",
        "DT",
        "TIME",
        "HR",
    ];

    /// <summary>True for text that begins like a page rather than like a communiqué.</summary>
    public static bool LooksLikeHtml(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, 2000)).TrimStart();
        return head.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)
            || head.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || (head.Length > 0 && head[0] == '<' && head.Contains("</", StringComparison.Ordinal));
    }

    public static string Extract(string html)
    {
        if (IsTooDeep(html))
            return StripTags(html);
        using var document = new HtmlParser().ParseDocument(html);
        var title = document.QuerySelector("meta[property='og:title']")?.GetAttribute("content");
        var text = new StringBuilder();
        var main = Main(document);
        Write(main, text);
        var body = text.ToString();
        return title is { Length: > 10 } && !body.Contains(title, StringComparison.Ordinal)
            ? $"{title}\n\n{body}"
            : body;
    }

    // The article element, if one holds most of the page's words; else the body.
    private static INode Main(IDocument document)
    {
        INode whole = document.Body ?? (INode)document.DocumentElement;
        var all = whole.TextContent.Length;
        IElement? best = null;
        foreach (var candidate in document.QuerySelectorAll("article, main, [itemprop=articleBody], [role=main]"))
            if (
                candidate.TextContent.Length * 4 > all
                && (best is null || candidate.TextContent.Length > best.TextContent.Length)
            )
                best = candidate;
        return best ?? whole;
    }

    private static void Write(INode node, StringBuilder text)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText words)
                AppendWords(text, words.Data);
            else if (child is IElement element && !Skipped.Contains(element.TagName) && !IsHidden(element))
            {
                var block = Blocks.Contains(element.TagName);
                if (block)
                    EndLine(text);
                Write(element, text);
                if (block)
                    EndLine(text);
            }
        }
    }

    private static bool IsHidden(IElement element) =>
        element.HasAttribute("hidden") || element.GetAttribute("aria-hidden") == "true";

    private static void AppendWords(StringBuilder text, string words)
    {
        foreach (var c in words)
        {
            if (!char.IsWhiteSpace(c))
                text.Append(c);
            else if (text.Length > 0 && text[^1] is not (' ' or '\n'))
                text.Append(' ');
        }
    }

    private static void EndLine(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ')
            text.Length--;
        if (text.Length > 0 && text[^1] != '\n')
            text.Append('\n');
    }

    private static bool IsTooDeep(string html)
    {
        int depth = 0,
            deepest = 0;
        for (var at = 0; at + 1 < html.Length; at++)
        {
            if (html[at] != '<')
                continue;
            if (html[at + 1] == '/')
                depth = Math.Max(0, depth - 1);
            else if (char.IsAsciiLetter(html[at + 1]) && !IsVoid(html.AsSpan(at + 1)))
                deepest = Math.Max(deepest, ++depth);
        }
        return deepest > DeepestNesting;
    }

    private static bool IsVoid(ReadOnlySpan<char> tag)
    {
        foreach (
            var name in (ReadOnlySpan<string>)
                ["br", "img", "hr", "meta", "link", "input", "p", "li", "source", "td", "tr", "path", "wbr"]
        )
            if (
                tag.StartsWith(name, StringComparison.OrdinalIgnoreCase)
                && tag.Length > name.Length
                && !char.IsAsciiLetterOrDigit(tag[name.Length])
            )
                return true;
        return false;
    }

    private static string StripTags(string html)
    {
        var text = new StringBuilder(html.Length);
        var inside = false;
        foreach (var c in html)
        {
            if (c == '<')
                inside = true;
            else if (c == '>' && inside)
            {
                inside = false;
                EndLine(text);
            }
            else if (!inside)
                AppendWords(text, c.ToString());
        }
        return text.ToString();
    }
}
