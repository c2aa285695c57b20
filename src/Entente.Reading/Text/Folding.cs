using System.Globalization;
using System.Text;

namespace Entente.Reading.Text;

/// <summary>The comparison form of a word: lower case, no accents; one spelling for each Arabic letter family.</summary>
internal static class Folding
{
    // Folded form of every BMP character; null means the character itself, "" means dropped.
    private static readonly string?[] Table = BuildTable();

    public static string Fold(ReadOnlySpan<char> word)
    {
        Span<char> buffer = stackalloc char[64];
        if (word.Length > 32)
            buffer = new char[word.Length * 2];
        var length = 0;
        foreach (var c in word)
        {
            if (c < 128)
            {
                buffer[length++] = c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
                continue;
            }
            var folded = Table[c];
            if (folded is null)
                buffer[length++] = c;
            else
                foreach (var f in folded)
                    buffer[length++] = f;
        }
        return new string(buffer[..length]);
    }

    private static string?[] BuildTable()
    {
        var table = new string?[char.MaxValue + 1];
        for (var i = 128; i <= char.MaxValue; i++)
        {
            var c = (char)i;
            if (char.IsSurrogate(c))
                continue;
            if (i is >= 0x3000 and < 0xF900)
                continue; // East Asian scripts fold to themselves
            table[i] = FoldOne(c);
        }
        return table;
    }

    private static string? FoldOne(char c) =>
        c switch
        {
            'œ' or 'Œ' => "oe",
            'æ' or 'Æ' => "ae",
            'ß' or 'ẞ' => "ss",
            'ø' or 'Ø' => "o",
            'ł' or 'Ł' => "l",
            'đ' or 'Đ' => "d",
            'ı' => "i",
            'أ' or 'إ' or 'آ' or 'ٱ' => "ا",
            'ى' => "ي",
            'ة' => "ه",
            'ؤ' => "و",
            'ئ' => "ي",
            'ـ' => "",
            'گ' or 'ڭ' => "ك",
            'ڤ' => "ف",
            'پ' => "ب",
            'ک' => "ك",
            'ی' => "ي",
            >= '٠' and <= '٩' => ((char)('0' + (c - '٠'))).ToString(),
            >= '۰' and <= '۹' => ((char)('0' + (c - '۰'))).ToString(),
            _ => Decomposed(c),
        };

    private static string? Decomposed(char c)
    {
        if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)
            return "";
        if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.OtherNotAssigned)
            return null;
        var full = c.ToString().Normalize(NormalizationForm.FormD);
        var kept = new StringBuilder(full.Length);
        foreach (var part in full)
            if (CharUnicodeInfo.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark)
                kept.Append(char.ToLowerInvariant(part));
        var result = kept.ToString();
        return result.Length > 2 ? null
            : result.Length == 1 && result[0] == c ? null
            : result;
    }
}
