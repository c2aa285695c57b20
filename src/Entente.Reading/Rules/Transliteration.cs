using System.Text;
using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>Given names of Arabic texts.</summary>
internal static class ArabicGiven
{
    private static readonly Dictionary<string, string> Given = Load("ar/names.list");
    private static readonly Dictionary<string, string> Family = Load("ar/latin.list");

    // Without prefixed particles other than "and": "لسعيد" is "to Said", but so rarely that it is not worth a mistake.
    public static bool Contains(Token token) =>
        Given.ContainsKey(token.Folded) || (token.Folded is ['و', _, _, ..] && Given.ContainsKey(token.Folded[1..]));

    public static bool IsFamily(Token token) => Family.ContainsKey(token.Folded);

    public static string? Latin(string folded) => Family.GetValueOrDefault(folded) ?? Given.GetValueOrDefault(folded);

    private static Dictionary<string, string> Load(string name)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in KnowledgeFile.Lines(name))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            words.TryAdd(Folding.Fold(line.AsSpan(0, space)), line[(space + 1)..].Trim());
        }
        return words;
    }
}

/// <summary>Arabic names to the Latin letters the press uses. Short vowels are not written in Arabic, so lists of
/// names come first and letters are the last resort; docs/contributor/reading.md has the table.</summary>
internal static class Transliteration
{
    public static string ToLatin(string native)
    {
        var words = native.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var latin = new List<string>();
        for (var i = 0; i < words.Length; i++)
        {
            var folded = Folding.Fold(words[i]);
            if (folded == "عبد" && i + 1 < words.Length)
                latin.Add(Servant(Folding.Fold(words[++i])));
            else
                latin.Add(ArabicGiven.Latin(folded) ?? Word(folded));
        }
        return string.Join(' ', latin);
    }

    // عبد الوافي: one name in Latin letters.
    private static string Servant(string second)
    {
        var rest = second.StartsWith("ال", StringComparison.Ordinal) ? second[2..] : second;
        return rest == "له" ? "Abdellah" : "Abdel" + Letters(rest);
    }

    private static string Word(string folded)
    {
        if (folded.StartsWith("ال", StringComparison.Ordinal) && folded.Length > 4)
            return "Al-" + Capital(ArabicGiven.Latin(folded[2..]) ?? Letters(folded[2..]));
        return Capital(Letters(folded));
    }

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];

    private static string Letters(string word)
    {
        var latin = new StringBuilder();
        for (var i = 0; i < word.Length; i++)
        {
            var letter = Letter(word[i], i == 0, i == word.Length - 1);
            if (
                latin.Length > 0
                && letter.Length > 0
                && IsConsonant(latin[^1])
                && IsConsonant(letter[0])
                && i > 0
                && !HasVowelLately(latin)
            )
                latin.Append('a');
            latin.Append(letter);
        }
        return latin.ToString();
    }

    private static bool HasVowelLately(StringBuilder latin) => latin.Length > 1 && !IsConsonant(latin[^2]);

    private static bool IsConsonant(char c) => c is not ('a' or 'e' or 'i' or 'o' or 'u');

    private static string Letter(char c, bool first, bool last) =>
        c switch
        {
            'ا' => "a",
            'ب' => "b",
            'ت' or 'ط' => "t",
            'ث' => "th",
            'ج' => "j",
            'ح' or 'ه' => last && c == 'ه' ? "a" : "h",
            'خ' => "kh",
            'د' or 'ض' => "d",
            'ذ' => "dh",
            'ر' => "r",
            'ز' or 'ظ' => "z",
            'س' or 'ص' => "s",
            'ش' => "sh",
            'ع' => first ? "a" : "",
            'غ' => "gh",
            'ف' => "f",
            'ق' => "q",
            'ك' => "k",
            'ل' => "l",
            'م' => "m",
            'ن' => "n",
            'و' => first ? "w" : "ou",
            'ي' => first ? "y" : "i",
            _ => "",
        };
}
