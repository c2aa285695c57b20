using Entente.Reading.Knowledge;

namespace Entente.Reading.Text;

/// <summary>Sets aside what is not the article: menus, prompts, related headlines, comments, repeats. Nothing is
/// deleted: the review page shows it greyed.</summary>
internal static class Furniture
{
    private const int LongParagraph = 220;

    /// <summary>An article longer than this is a report: what it says of one encounter stands before.</summary>
    private const int LongestArticle = 100_000;

    public static void SetAside(Page page)
    {
        string? block = null;
        var forumPosts = 0;
        var article = 0;
        var seen = new Repeats();
        foreach (var paragraph in page.Paragraphs)
        {
            if (article > LongestArticle)
                paragraph.Aside = "length";
            if (paragraph.Aside is not null)
                continue;
            var line = page.Text.AsSpan(paragraph.Start, Math.Min(paragraph.Length, 400)).ToString();
            var mark = FurnitureMarks.Find(line);
            if (mark == "forum" && ++forumPosts > 1)
                block = "comment";
            if (Opens(mark, line, paragraph) is { } opened)
                block = block == "comment" ? block : opened;
            else if (block == "related" && Resumes(paragraph, line))
                block = null;
            paragraph.Aside = block ?? Reason(line, paragraph, mark) ?? seen.Find(page, paragraph);
            article += paragraph.Aside is null ? paragraph.Length : 0;
        }
    }

    // A marker alone on its line opens a block; with words after it, it is one line.
    private static string? Opens(string? mark, string line, Paragraph paragraph) =>
        mark is "related" or "comments" && paragraph.Length < 70 && !HasContentAfterColon(line)
            ? mark == "related"
                ? "related"
                : "comment"
            : null;

    private static bool HasContentAfterColon(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && line.Length - colon > 12;
    }

    private static bool Resumes(Paragraph paragraph, string line) =>
        paragraph.Length >= LongParagraph && line[0] is not ('•' or '-' or '*' or '▸' or '»' or '+') && line[^1] != '…';

    private static string? Reason(string line, Paragraph paragraph, string? mark)
    {
        if (line.StartsWith("URL:", StringComparison.Ordinal))
            return "furniture";
        if (IsMenu(line))
            return "menu";
        if (mark is "related" or "comments" or "forum")
            return paragraph.Length < LongParagraph ? "related" : null;
        if (mark is not null && paragraph.Length < 160)
            return mark;
        return HasWords(line) && !IsHandle(line) ? null : "furniture";
    }

    private static bool IsMenu(string line)
    {
        if (line.Length > 300)
            return false;
        var separators = 0;
        for (var i = 0; i < line.Length; i++)
            if (line[i] is '|' or '·' or '›' or '☰' or '>' or '•' or '‹')
                separators++;
            else if (line[i] == ' ' && i + 2 < line.Length && line[i + 1] == ' ' && line[i + 2] != ' ')
                separators++;
        return separators >= 2 && separators * 40 > line.Length;
    }

    // "ziryab_31", "Momo93 :": who wrote, not what happened.
    private static bool IsHandle(string line) =>
        line.Length < 24
        && !line.Contains(' ', StringComparison.Ordinal)
        && (line.Contains('_', StringComparison.Ordinal) || (char.IsLetter(line[0]) && char.IsDigit(line[^1])));

    private static bool HasWords(string line)
    {
        var letters = 0;
        foreach (var c in line)
            if (char.IsLetter(c))
                letters++;
        return letters >= 3;
    }
}
