using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>Finnish declines names: "Rantasen" and "Rantasta" are Rantanen.</summary>
internal static class FinnishNames
{
    private static readonly string[] Endings =
    [
        "seen",
        "ssa",
        "sta",
        "lla",
        "lta",
        "lle",
        "iin",
        "an",
        "in",
        "en",
        "on",
        "un",
        "yn",
        "n",
        "a",
        "ta",
    ];

    /// <summary>A form equal for all cases of one name.</summary>
    public static string Stem(string folded)
    {
        if (folded.EndsWith("nen", StringComparison.Ordinal))
            return folded[..^3];
        foreach (var ending in new[] { "sen", "sta", "selle", "sella", "seen", "sessa" })
            if (folded.Length > ending.Length + 3 && folded.EndsWith(ending, StringComparison.Ordinal))
                return folded[..^ending.Length];
        foreach (var ending in Endings)
            if (folded.Length > ending.Length + 3 && folded.EndsWith(ending, StringComparison.Ordinal))
                return folded[..^ending.Length];
        return folded.Length > 4 && folded[^1] is 'a' or 'i' or 'o' or 'u' or 'e' ? folded[..^1] : folded;
    }

    /// <summary>The name in its base form: as another place of the text has it, else by taking the case ending off.</summary>
    public static string Nominative(string name, Page page)
    {
        var cut = name.LastIndexOf(' ');
        var last = name[(cut + 1)..];
        var stem = Stem(Folding.Fold(last));
        var shortest = last;
        foreach (var token in page.Tokens)
            if (token.IsCapital && token.Length >= 3 && Stem(token.Folded) == stem)
            {
                var word = page.Text.Substring(token.Start, token.Length);
                if (
                    IsBase(word) && !IsBase(shortest)
                    || word.Length < shortest.Length && IsBase(word) == IsBase(shortest)
                )
                    shortest = word;
            }
        if (!IsBase(shortest))
            shortest = TakeOff(shortest);
        return name[..(cut + 1)] + shortest;
    }

    private static readonly string[] ForeignEndings =
    [
        "son",
        "ton",
        "gren",
        "sten",
        "lin",
        "man",
        "mann",
        "sohn",
        "hahn",
        "stein",
        "berlin",
        "ahn",
    ];

    // A consonant ending of another language is no Finnish case.
    private static bool IsForeign(string word) =>
        Array.Exists(ForeignEndings, ending => word.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static bool IsBase(string word) =>
        IsForeign(word)
        || word.EndsWith("nen", StringComparison.Ordinal)
        || !(
            word.EndsWith('n')
            || word.EndsWith("sta", StringComparison.Ordinal)
            || word.EndsWith("lle", StringComparison.Ordinal)
        );

    private static string TakeOff(string word) =>
        word.EndsWith("sen", StringComparison.Ordinal) ? word[..^3] + "nen"
        : word.EndsWith("sta", StringComparison.Ordinal) ? word[..^3] + "nen"
        : word.EndsWith("in", StringComparison.Ordinal) && word.Length > 5 && !IsVowel(word[^3]) ? word[..^2]
        : word.EndsWith('n') && word.Length > 4 && IsVowel(word[^2]) ? word[..^1]
        : word;

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y' or 'ä' or 'ö';
}
