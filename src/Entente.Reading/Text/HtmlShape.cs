namespace Entente.Reading.Text;

/// <summary>Tells whether a page may be built into a tree. The tree of a page made to hurt costs gigabytes, and reading
/// it a stack that no program has; such a page is read as plain text instead.</summary>
internal static class HtmlShape
{
    /// <summary>A crowded front page has some 10,000 tags, nested some 40 deep.</summary>
    private const int MostTags = 100_000;
    private const int DeepestNesting = 400;
    private const int MostAttributes = 200_000;

    // Elements without content, and those that the next of their kind closes.
    private static readonly HashSet<string> Flat = new(StringComparer.OrdinalIgnoreCase)
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dt",
        "dd",
        "option",
    };

    public static bool IsTame(string html)
    {
        if (html.AsSpan().Count('<') > MostTags * 2)
            return false;
        var open = new Stack<int>();
        var flat = Flat.GetAlternateLookup<ReadOnlySpan<char>>();
        int tags = 0,
            drawings = 0,
            attributes = 0;
        var all = new HtmlTags(html);
        while (all.MoveNext())
        {
            var tag = all.Current;
            var name = tag.Name(html);
            attributes += Count(html.AsSpan(tag.Start, tag.End - tag.Start), '=', ' ', MostAttributes);
            if (++tags > MostTags || attributes > MostAttributes)
                return false;
            if (name.IsEmpty || (drawings == 0 && flat.Contains(name)) || (drawings > 0 && tag.SelfClosing))
                continue;
            if (!tag.Closing)
            {
                open.Push(Key(name));
                drawings += IsDrawing(name) ? 1 : 0;
                if (open.Count > DeepestNesting)
                    return false;
            }
            // An end tag that fits nothing is passed over, so that the depth is never taken for less than it is.
            else if (open.Count > 0 && open.Peek() == Key(name))
            {
                open.Pop();
                drawings -= IsDrawing(name) ? 1 : 0;
            }
        }
        return true;
    }

    // Inside a drawing or formula the page's own rules on what closes what do not hold.
    private static bool IsDrawing(ReadOnlySpan<char> name) =>
        name.Equals("svg", StringComparison.OrdinalIgnoreCase)
        || name.Equals("math", StringComparison.OrdinalIgnoreCase);

    private static int Key(ReadOnlySpan<char> name) => string.GetHashCode(name, StringComparison.OrdinalIgnoreCase);

    // Each attribute has a value or a space before it; the text of an attribute has few of either.
    private static int Count(ReadOnlySpan<char> tag, char one, char other, int most)
    {
        var count = tag.Length > 200 ? tag.CountAny(one, other, '\n') : 0;
        return Math.Min(count, most + 1);
    }
}
