namespace Entente.Reading.Text;

/// <summary>Finds the headline: the first short line of the article before its first long paragraph.</summary>
internal static class Titles
{
    public static void Find(Page page)
    {
        foreach (var paragraph in page.Paragraphs)
        {
            if (paragraph.Aside is not null)
                continue;
            var text = page.Text.AsSpan(paragraph.Start, paragraph.Length);
            if (paragraph.Length > 200 || text[^1] is '.' or '،' or ',' || (text[^1] is ':' && paragraph.Length > 120))
                return;
            if (paragraph.Length < 22 || text.Count(' ') < 2 || LooksLikeDateLine(text))
                continue;
            paragraph.IsTitle = true;
            page.Title = paragraph;
            return;
        }
    }

    private static bool LooksLikeDateLine(ReadOnlySpan<char> text)
    {
        var digits = 0;
        foreach (var c in text)
            if (char.IsDigit(c))
                digits++;
        return digits * 5 > text.Length || (digits >= 4 && text.Length < 60);
    }
}
