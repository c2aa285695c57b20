using Entente.Reading.Knowledge;

namespace Entente.Reading.Rules;

/// <summary>The capital of each state in its usual English form, for texts in other scripts.</summary>
internal static class Capitals
{
    private static readonly Dictionary<string, Dictionary<string, string>> ByLanguage =
        Vocabulary.Languages.ToDictionary(language => language, Load, StringComparer.Ordinal);

    public static string Latin(string country) => In("en", country) ?? country;

    /// <summary>The capital as the language writes it; in Finnish, whose file has stems, as English does where a stem is
    /// no word.</summary>
    public static string? In(string language, string country) =>
        ByLanguage[language is "fi" or "ar" ? "en" : language].GetValueOrDefault(country) is { } name
            ? language == "fi" && Finnish.TryGetValue(country, out var own)
                ? own
                : name
            : null;

    private static readonly Dictionary<string, string> Finnish = new(StringComparer.Ordinal)
    {
        ["DE"] = "Berliini",
        ["FR"] = "Pariisi",
        ["GB"] = "Lontoo",
        ["IT"] = "Rooma",
        ["SE"] = "Tukholma",
        ["EE"] = "Tallinna",
        ["AT"] = "Wien",
        ["BE"] = "Bryssel",
        ["RU"] = "Moskova",
        ["UA"] = "Kiova",
        ["PL"] = "Varsova",
        ["HU"] = "Budapest",
        ["GR"] = "Ateena",
        ["IQ"] = "Bagdad",
        ["SY"] = "Damaskos",
        ["EG"] = "Kairo",
        ["PT"] = "Lissabon",
        ["CZ"] = "Praha",
        ["LV"] = "Riika",
        ["LT"] = "Vilna",
        ["DK"] = "Kööpenhamina",
        ["RO"] = "Bukarest",
        ["JP"] = "Tokio",
        ["CN"] = "Peking",
        ["TR"] = "Ankara",
        ["LU"] = "Luxemburg",
        ["CH"] = "Bern",
        ["SA"] = "Riad",
        ["LB"] = "Beirut",
    };

    private static Dictionary<string, string> Load(string language) =>
        KnowledgeFile
            .Lines($"{language}/countries.txt")
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(columns => columns.Length > 3)
            .ToDictionary(columns => columns[0], columns => columns[3].Split(';')[0], StringComparer.Ordinal);
}
