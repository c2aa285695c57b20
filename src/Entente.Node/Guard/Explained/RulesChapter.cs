namespace Entente.Node.Guard.Explained;

/// <summary>A part of the rules' document: the rules themselves, one legal profile, the law of the sender, the levels.</summary>
public sealed record RulesChapter(string Id, string Title, string Intro, IReadOnlyList<RulesSection> Sections);

/// <param name="Id">The same in every language and, while the rule is there, in every version: links to it stay.</param>
/// <param name="Text">Markdown.</param>
public sealed record RulesSection(string Id, string Title, string Text)
{
    public static string OfRule(string rule) => $"rule-{rule}";

    public static string OfTable(string chapter, string title) =>
        $"{chapter}-{title.Replace("rules.", "", StringComparison.Ordinal).Split(' ')[0].ToLowerInvariant()}";

    /// <summary>Where it stands, unfolded.</summary>
    public string Place => PlaceOf(Id);

    public static string PlaceOf(string id) => $"/rules?open={id}#{id}";

    /// <summary>All of the words, anywhere in it, whatever their capitals and accents.</summary>
    public bool Has(string words) =>
        words
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .All(word => Holds(Title, word) || Holds(Text, word));

    private static bool Holds(string text, string word) =>
        System.Globalization.CultureInfo.InvariantCulture.CompareInfo.IndexOf(
            text,
            word,
            System.Globalization.CompareOptions.IgnoreCase | System.Globalization.CompareOptions.IgnoreNonSpace
        ) >= 0;
}
