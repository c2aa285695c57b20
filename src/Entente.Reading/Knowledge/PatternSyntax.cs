using System.Buffers;
using Entente.Reading.Text;

namespace Entente.Reading.Knowledge;

/// <summary>Reads the notation of the knowledge files; docs/contributor/reading.md explains it to their authors.</summary>
internal static class PatternSyntax
{
    private static readonly SearchValues<char> Reserved = SearchValues.Create("*'-()~=");

    /// <summary>Words of a pattern, separated by spaces:
    /// <c>traf* (de) migrant*|clandestin*</c>, <c>~2</c> up to two words between, <c>=BKA</c> exact case,
    /// <c>*grenz*</c> inside a compound, <c>#</c> a number.</summary>
    public static Entry Parse(string category, string code, string words)
    {
        var elements = new List<Element>();
        foreach (var piece in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            elements.Add(ParseElement(piece, $"{category}/{code}: {words}"));
        if (elements.Count == 0 || elements[0].Gap > 0 || elements[0].Optional || elements[^1].Gap > 0)
            throw new FormatException($"A pattern starts and ends with a word: {category}/{code}: {words}");
        return new Entry(category, code, words, [.. elements]);
    }

    private static Element ParseElement(string piece, string where)
    {
        if (piece[0] == '~')
            return int.TryParse(piece.AsSpan(1), out var gap) && gap is > 0 and <= 12
                ? new Element([], false, gap)
                : throw new FormatException($"A gap is ~1 to ~12: {where}");
        var optional = piece.Length > 2 && piece[0] == '(' && piece[^1] == ')';
        var body = optional ? piece[1..^1] : piece;
        return new Element([.. body.Split('|').Select(word => ParseWord(word, where))], optional, 0);
    }

    private static WordTest ParseWord(string word, string where)
    {
        if (word == "#")
            return new WordTest(Test.Number, word);
        if (word.StartsWith('='))
            return new WordTest(Test.CaseExact, word[1..]);
        var open = word.StartsWith('*');
        var close = word.EndsWith('*');
        var stem = Folding.Fold(word.Trim('*'));
        if (stem.Length == 0 || stem.AsSpan().IndexOfAny(Reserved) >= 0)
            throw new FormatException($"Not a word: '{word}' in {where}");
        return (open, close) switch
        {
            (true, true) => new WordTest(Test.Contains, stem),
            (true, false) => new WordTest(Test.Suffix, stem),
            (false, true) => new WordTest(Test.Prefix, stem),
            _ => new WordTest(Test.Exact, stem),
        };
    }
}
