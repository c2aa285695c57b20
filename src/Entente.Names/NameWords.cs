using System.Globalization;

namespace Entente.Names;

/// <summary>A word of a name in Latin letters.</summary>
/// <param name="Foreign">It was written in another script.</param>
internal readonly record struct NameWord(string Letters, bool Foreign);

/// <summary>Cuts a name into the words that carry it: titles, articles and particles fall away, and what is one word in one
/// spelling and two in another becomes one ("Abd al-Aziz", "Abdelaziz"; "Badr Eddine", "Badreddine").</summary>
internal static class NameWords
{
    private const string AbdArabic = "عبد";

    private static readonly HashSet<string> Titles = Words(
        "mr mrs ms dr hon shri prof sheikh mag drs sir eng dipl ing phd md haji hajji hr mp spd msi h c mullah maulana maulavi الدكتور د السيد"
    );
    private static readonly HashSet<string> Particles = Words(
        "al el ul ad as an ar ash at az bin ibn ben bint de del la las los da do dos das di du van von der den y e i of the d ould"
    );
    private static readonly HashSet<string> Servants = Words("abd abdul abdel abdal abdol abdur abdu");
    private static readonly HashSet<string> Faiths = Words("din dyn deen dine eddin eddine uddin addin aldin ldyn");
    private static readonly HashSet<string> Articles = Words("al el ul ur as ar");

    public static List<NameWord> Of(string name)
    {
        var words = Joined(Plain(name));
        var kept = words.FindAll(word => !Particles.Contains(word.Letters));
        return kept.Count > 0 ? kept : words;
    }

    private static List<NameWord> Plain(string name)
    {
        var words = new List<NameWord>();
        var at = 0;
        while (at < name.Length)
        {
            var end = at;
            while (end < name.Length && IsInside(name[end]))
                end++;
            if (end > at)
                Add(words, string.Concat(name[at..end].Where(char.IsLetter)));
            at = end + 1;
        }
        return words;
    }

    // An apostrophe, a vowel sign or a lengthening stroke parts no word.
    private static bool IsInside(char c) =>
        char.IsLetter(c)
        || c is '\'' or '’' or 'ʼ' or '`' or 'ʿ' or 'ʾ' or '‘' or '´' or 'ـ' or '\u200C'
        || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

    private static void Add(List<NameWord> words, string word)
    {
        word = word.Replace("ـ", "", StringComparison.Ordinal);
        if (word.Length == 0 || Titles.Contains(word.ToLowerInvariant()))
            return;
        var arabic = word[0] is >= '\u0600' and <= '\u06FF';
        if (arabic && word.StartsWith("ال", StringComparison.Ordinal) && word.Length > 4)
            word = word[2..];
        if (arabic && word is "بن" or "ابن" or "آل" or "أل")
            return;
        var letters =
            word == AbdArabic ? "abd"
            : word.StartsWith(AbdArabic + "ال", StringComparison.Ordinal) && word.Length > 6
                ? "abd" + LatinLetters.Of(word[5..])
            : LatinLetters.Of(word);
        if (letters.Length > 0)
            words.Add(new NameWord(letters, word[0] > '\u036F'));
    }

    private static List<NameWord> Joined(List<NameWord> words)
    {
        var joined = new List<NameWord>(words.Count);
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (Servants.Contains(word.Letters) && i + 1 < words.Count)
            {
                i++;
                while (i + 1 < words.Count && Articles.Contains(words[i].Letters))
                    i++;
                joined.Add(word with { Letters = "abd" + words[i].Letters });
            }
            else if (Faiths.Contains(word.Letters) && joined.Count > 0)
                joined[^1] = joined[^1] with { Letters = joined[^1].Letters + "din" };
            else
                joined.Add(word with { Letters = Faith(Servant(word.Letters)) });
        }
        return joined;
    }

    // "abdelaziz", "abdurrahman": the article inside falls away.
    private static string Servant(string word)
    {
        if (
            word.Length < 5
            || !word.StartsWith("abd", StringComparison.Ordinal)
            || word.StartsWith("abdou", StringComparison.Ordinal)
        )
            return word;
        var at = word[3] is 'a' or 'e' or 'i' or 'o' or 'u' ? 4 : 3;
        var article =
            word[at] == 'l'
            || (
                at == 4
                && at + 1 < word.Length
                && word[at] == word[at + 1]
                && word[at] is 'r' or 's' or 'n' or 'z' or 't'
            );
        return article && word.Length - at - 1 >= 2 ? "abd" + word[(at + 1)..] : "abd" + word[3..];
    }

    // "badreddine", "saladin": the link falls away.
    private static string Faith(string word)
    {
        if (word.Length <= 6)
            return word;
        foreach (var ending in (ReadOnlySpan<string>)["diene", "deene", "dine", "dyne", "deen", "dien", "din", "dyn"])
            if (word.EndsWith(ending, StringComparison.Ordinal))
            {
                var stem = word[..^ending.Length];
                if (stem.Length > 2 && stem[^1] is 'd' or 'l')
                    stem =
                        stem[^2] is 'a' or 'e' or 'u' && stem.Length > 3 ? stem[..^2]
                        : stem[^1] == 'd' ? stem[..^1]
                        : stem;
                else if (stem.Length > 2 && stem[^1] is 'a' or 'e' or 'u')
                    stem = stem[..^1];
                return stem + "din";
            }
        return word;
    }

    private static HashSet<string> Words(string words) => [.. words.Split(' ')];
}
