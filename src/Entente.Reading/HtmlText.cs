using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Entente.Reading.Text;

namespace Entente.Reading;

/// <summary>The readable text of a web page: blocks as lines, without scripts, navigation and forms. What is left of
/// the page's frame the reader itself sets aside.</summary>
public static class HtmlText
{
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
        if (!HtmlShape.IsTame(html))
            return StripTags(html);
        using var document = new HtmlParser().ParseDocument(html);
        var title = document.QuerySelector("meta[property='og:title']")?.GetAttribute("content");
        var text = new StringBuilder();
        Write(Main(document), text);
        var body = text.ToString();
        return title is { Length: > 10 } && !body.Contains(title, StringComparison.Ordinal)
            ? $"{title}\n\n{body}"
            : body;
    }

    // The article element, if one holds most of the page's words; else the body.
    private static INode Main(IDocument document)
    {
        INode whole = document.Body ?? (INode)document.DocumentElement;
        var best = (Element: (IElement?)null, Letters: 0);
        var all = Measure(whole, ref best);
        return best.Letters * 4 > all ? best.Element! : whole;
    }

    // Letters below a node; on the way, the article with the most.
    private static int Measure(INode node, ref (IElement? Element, int Letters) best)
    {
        var letters = 0;
        foreach (var child in node.ChildNodes)
            letters += child is IText words ? words.Length : Measure(child, ref best);
        if (letters > best.Letters && node is IElement element && IsArticle(element))
            best = (element, letters);
        return letters;
    }

    private static bool IsArticle(IElement element) =>
        element.TagName is "ARTICLE" or "MAIN"
        || element.GetAttribute("itemprop") == "articleBody"
        || element.GetAttribute("role") == "main";

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

    private static void AppendWords(StringBuilder text, ReadOnlySpan<char> words)
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

    private static string StripTags(string html)
    {
        var text = new StringBuilder(html.Length);
        var from = 0;
        var tags = new HtmlTags(html);
        while (tags.MoveNext())
        {
            AppendWords(text, html.AsSpan(from, tags.Current.Start - from));
            EndLine(text);
            from = tags.Current.End;
            foreach (var unread in (ReadOnlySpan<string>)["script", "style", "svg"])
                if (!tags.Current.Closing && tags.Current.Name(html).Equals(unread, StringComparison.OrdinalIgnoreCase))
                    from = tags.SkipTo("</" + unread);
        }
        AppendWords(text, html.AsSpan(from));
        return text.ToString();
    }
}
