namespace Entente.Names;

/// <summary>Given names that are common in one of the languages here. A missing name is no mistake.</summary>
public static class GivenNames
{
    private const int Longest = 32;

    /// <summary>In plain Latin letters.</summary>
    internal static readonly HashSet<string> Known =
    [
        .. NameData.Lines("given-names.list").SelectMany(line => line.Split(' ')).Select(LatinLetters.Of),
    ];

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Spans = Known.GetAlternateLookup<
        ReadOnlySpan<char>
    >();

    /// <summary>In any case and script.</summary>
    public static bool Contains(ReadOnlySpan<char> word)
    {
        if (word.Length > Longest)
            return false;
        if (!System.Text.Ascii.IsValid(word))
            return Known.Contains(LatinLetters.Of(word.ToString()));
        Span<char> small = stackalloc char[Longest];
        return Spans.Contains(small[..word.ToLowerInvariant(small)]);
    }
}
