using Entente.Reading.Knowledge;

namespace Entente.Reading.Rules;

/// <summary>The capital of each state in its usual English form, for texts in other scripts.</summary>
internal static class Capitals
{
    private static readonly Dictionary<string, string> ByCountry = KnowledgeFile
        .Lines("en/countries.txt")
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(columns => columns.Length > 3)
        .ToDictionary(columns => columns[0], columns => columns[3].Split(';')[0], StringComparer.Ordinal);

    public static string Latin(string country) => ByCountry.GetValueOrDefault(country, country);
}
