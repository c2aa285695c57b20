namespace Entente.Reading.Text;

/// <summary>The runs of five words in a text, as hashes: what two copies of a text share.</summary>
internal static class Shingles
{
    private const int Words = 5;
    private const int Longest = 200_000;

    public static HashSet<int> Of(string text)
    {
        var words = Tokeniser.Tokenise(text, 0, Math.Min(text.Length, Longest)).FindAll(token => token.IsWord);
        var shingles = new HashSet<int>();
        for (var i = 0; i + Words <= words.Count; i++)
        {
            var hash = 17;
            for (var j = i; j < i + Words; j++)
            {
                foreach (var c in words[j].Folded)
                    hash = unchecked(hash * 31 + c);
                hash = unchecked(hash * 31 + ' ');
            }
            shingles.Add(Mixed(hash));
        }
        return shingles;
    }

    /// <summary>The least hashes: of two texts they agree in about the share of runs that the texts have in common.</summary>
    public static IReadOnlyList<int> Least(string text, int count) => [.. Of(text).Order().Take(count)];

    // Spread over all numbers, so that the least are a fair sample.
    private static int Mixed(int hash)
    {
        var mixed = unchecked((uint)hash * 0x85EBCA6B);
        mixed ^= mixed >> 13;
        mixed = unchecked(mixed * 0xC2B2AE35);
        return unchecked((int)(mixed ^ mixed >> 16));
    }
}
