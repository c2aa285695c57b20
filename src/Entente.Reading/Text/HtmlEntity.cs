namespace Entente.Reading.Text;

/// <summary>Character references left in a text torn from a page: a mark or a space, at their own place.</summary>
internal static class HtmlEntity
{
    private static readonly (string Text, string? Mark)[] Known =
    [
        ("&#039;", "'"),
        ("&#39;", "'"),
        ("&rsquo;", "'"),
        ("&lsquo;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", null),
        ("&#160;", null),
        ("&quot;", "\""),
        ("&laquo;", "\""),
        ("&raquo;", "\""),
        ("&ldquo;", "\""),
        ("&rdquo;", "\""),
        ("&amp;", "&"),
        ("&ndash;", "-"),
        ("&mdash;", "-"),
        ("&hellip;", "…"),
        ("&lt;", "<"),
        ("&gt;", ">"),
    ];

    public static (int Length, string? Mark)? At(string text, int at, int end)
    {
        foreach (var (reference, mark) in Known)
            if (at + reference.Length <= end && string.CompareOrdinal(text, at, reference, 0, reference.Length) == 0)
                return (reference.Length, mark);
        return null;
    }
}
