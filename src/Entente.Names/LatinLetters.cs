using System.Globalization;
using System.Text;

namespace Entente.Names;

/// <summary>A name in plain Latin letters, lower case, without accents: Latin, Arabic, Persian, Cyrillic and Greek letters
/// by the table <c>Data/letters.txt</c>; other scripts stay as they are.</summary>
/// <example><c>LatinLetters.Of("Дмитрий")</c> is <c>dmitriy</c>, <c>LatinLetters.Of("محمد")</c> is <c>mhmd</c>.</example>
public static class LatinLetters
{
    private static readonly Dictionary<char, string> Table = NameData
        .Lines("letters.txt")
        .ToDictionary(line => line[0], line => line[1..].Trim());

    public static string Of(string text)
    {
        var latin = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC).ToLowerInvariant())
        {
            if (Table.TryGetValue(c, out var known))
                latin.Append(known);
            else if (c < 128)
                latin.Append(c);
            else
                AppendParts(latin, c);
        }
        return latin.ToString();
    }

    private static void AppendParts(StringBuilder latin, char c)
    {
        if (char.IsSurrogate(c))
            return;
        foreach (var part in c.ToString().Normalize(NormalizationForm.FormKD))
            if (CharUnicodeInfo.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark)
                latin.Append(Table.GetValueOrDefault(part) ?? part.ToString());
    }
}
