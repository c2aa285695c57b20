namespace Entente.Reading.Text;

/// <summary>Cuts a text into paragraphs: a line each, except where lines were wrapped at a fixed width.</summary>
internal static class Paragraphs
{
    /// <summary>A paragraph longer than this is cut: no rule looks further, and work stays linear.</summary>
    private const int Longest = 20_000;

    /// <summary>A communiqué has some 3,000 characters, a page torn out with all its comments 100,000.</summary>
    private const int MostCharacters = 1_000_000;

    public static void Split(Page page)
    {
        var text = page.Text;
        var at = 0;
        while (at < text.Length)
        {
            if (at > MostCharacters)
            {
                page.Paragraphs.Add(new Paragraph(at, text.Length) { Aside = "length" });
                return;
            }
            var stop = EndOfLine(text, at);
            while (stop < text.Length && stop - at < Longest && IsWrapped(text, at, stop))
                stop = EndOfLine(text, stop + 1);
            Add(page, at, stop);
            at = stop + 1;
        }
    }

    private static int EndOfLine(string text, int at)
    {
        var limit = Math.Min(text.Length, at + Longest);
        var line = text.AsSpan(at, limit - at).IndexOfAny('\n', '\r');
        if (line >= 0)
            return at + line;
        if (limit == text.Length)
            return limit;
        var space = text.LastIndexOf(' ', limit - 1, Longest / 2);
        return space > at ? space : limit;
    }

    // A wrapped line ends without closing mark and the next goes on in lower case, or it ends in a cut word.
    private static bool IsWrapped(string text, int at, int stop)
    {
        var last = stop - 1;
        while (last > at && char.IsWhiteSpace(text[last]))
            last--;
        var next = stop + 1;
        while (next < text.Length && text[next] is ' ' or '\t')
            next++;
        if (next >= text.Length || text[next] is '\n' or '\r' || last <= at)
            return false;
        if (text[last] == '-' && char.IsLetter(text[last - 1]) && char.IsLower(text[next]))
            return true;
        var lineLength = stop - at;
        return last - at > 30
            && lineLength < 400
            && char.IsLower(text[next])
            && (char.IsLetter(text[last]) || text[last] is ',')
            && text[next] < '\u0600';
    }

    private static void Add(Page page, int start, int end)
    {
        var text = page.Text;
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        if (end > start)
            page.Paragraphs.Add(new Paragraph(start, end));
    }
}
