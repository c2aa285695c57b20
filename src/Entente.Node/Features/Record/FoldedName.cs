using System.Globalization;
using System.Text;

namespace Entente.Node.Features.Record;

/// <summary>Names compared without case, accents, hyphens or order of first name and surname.</summary>
internal static class FoldedName
{
    /// <summary>Shorter words differ by one letter too easily to be the same word misspelt.</summary>
    private const int ShortestMisspelt = 5;

    /// <summary>Fewer consonants are shared by too many names.</summary>
    private const int ShortestSkeleton = 3;

    public static string Of(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormKD))
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(c);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format || IsApostrophe(c))
            {
                continue;
            }

            folded.Append(char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        }

        return string.Join(' ', folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>
    /// True where every word of the shorter folded name stands in the longer, give or take one letter in a long word: a text
    /// often leaves out a first name or a second surname. Whoever asks has checked that country and post agree.
    /// </summary>
    public static bool Fit(string one, string other)
    {
        var (shorter, longer) = (one.Split(' '), other.Split(' '));
        if (shorter.Length > longer.Length)
        {
            (shorter, longer) = (longer, shorter);
        }

        var left = longer.ToList();
        var sure = 0;
        foreach (var word in shorter)
        {
            var hit = left.FindIndex(candidate => SameWord(word, candidate));
            sure += hit < 0 ? 0 : 1;
            hit = hit < 0 ? left.FindIndex(candidate => SameBones(word, candidate)) : hit;
            if (hit < 0)
            {
                return false;
            }

            left.RemoveAt(hit);
        }

        // Mikkonen and Mykkänen share their consonants: those only tell where another word of the name is sure.
        if (sure == 0)
        {
            return false;
        }

        // "Pedro" alone is nobody; "Laftit" alone, of the right post, is.
        return shorter.Length > 1 || longer.Length == 1 || SameWord(shorter[0], longer[^1]);
    }

    private static bool IsApostrophe(char c) => c is '\'' or '’' or 'ʼ' or 'ʿ' or 'ʾ' or '`';

    private static bool SameWord(string one, string other) =>
        one == other || (Math.Min(one.Length, other.Length) >= ShortestMisspelt && OneLetterApart(one, other));

    private static bool SameBones(string one, string other) =>
        Skeleton(one) is { Length: >= ShortestSkeleton } bones && bones == Skeleton(other);

    // What two transliterations of one Arabic or foreign name share: Abdelouafi and Abdelwafi, Faeser and Fizr.
    private static string Skeleton(string word)
    {
        var bones = new StringBuilder(word.Length);
        foreach (var letter in word)
        {
            var bone = letter switch
            {
                'a' or 'e' or 'i' or 'o' or 'u' or 'w' or 'y' or 'h' => '\0',
                'z' => 's',
                'c' or 'q' => 'k',
                'v' => 'f',
                _ => letter,
            };
            if (bone != '\0' && (bones.Length == 0 || bones[^1] != bone))
            {
                bones.Append(bone);
            }
        }

        return bones.ToString();
    }

    private static bool OneLetterApart(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > 1)
        {
            return false;
        }

        var same = 0;
        while (same < one.Length && same < other.Length && one[same] == other[same])
        {
            same++;
        }

        var rest = one.AsSpan(same);
        var otherRest = other.AsSpan(same);
        return rest.Length == otherRest.Length ? rest[1..].SequenceEqual(otherRest[1..])
            : rest.Length > otherRest.Length ? rest[1..].SequenceEqual(otherRest)
            : otherRest[1..].SequenceEqual(rest);
    }
}
