using System.Globalization;
using System.Text;

namespace Entente.Reading.Measuring;

/// <summary>Whether a name found is the name of the label: letters and their order, without case, accents and the order of
/// words; four letters in five must agree. It measures readings, it does not recognise people.</summary>
internal static class SameName
{
    private const double Enough = 0.8;

    public static bool Holds(string? one, string? other)
    {
        var (a, b) = (Sorted(one), Sorted(other));
        return a.Length > 0 && b.Length > 0 && 2.0 * InCommon(a, b) / (a.Length + b.Length) >= Enough;
    }

    /// <summary>Without case, accents and marks, a space between words.</summary>
    public static string Fold(string? text)
    {
        var folded = new StringBuilder();
        foreach (var c in (text ?? "").Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
                continue;
            if (char.IsLetterOrDigit(c))
                folded.Append(char.ToLowerInvariant(c));
            else if (folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }
        return folded.ToString().TrimEnd();
    }

    private static string Sorted(string? name) => string.Join(' ', Fold(name).Split(' ').Order(StringComparer.Ordinal));

    // Ratcliff and Obershelp: the longest common piece, then the same to its left and to its right.
    private static int InCommon(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        int best = 0,
            atA = 0,
            atB = 0;
        for (var i = 0; i < a.Length; i++)
        for (var j = 0; j < b.Length; j++)
        {
            var length = a[i..].CommonPrefixLength(b[j..]);
            if (length > best)
                (best, atA, atB) = (length, i, j);
        }
        return best == 0 ? 0 : best + InCommon(a[..atA], b[..atB]) + InCommon(a[(atA + best)..], b[(atB + best)..]);
    }
}
