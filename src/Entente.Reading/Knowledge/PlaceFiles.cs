namespace Entente.Reading.Knowledge;

/// <summary>The files of one line per place: <c>countries.txt</c> in each language, <c>common/cities.txt</c>.</summary>
internal static class PlaceFiles
{
    /// <summary><c>MA | Maroc; royaume du Maroc | marocain* | Rabat</c>: code, names, adjectives, capital.</summary>
    public static IEnumerable<Entry> Countries(string name)
    {
        foreach (var line in KnowledgeFile.Lines(name))
        {
            var columns = line.Split('|', StringSplitOptions.TrimEntries);
            if (columns.Length < 2 || columns[0].Length != 2)
                throw new FormatException($"{name}: expected 'CODE / names / adjectives / capital' in: {line}");
            foreach (var entry in Column(columns, 1, "country"))
                yield return entry;
            foreach (var entry in Column(columns, 2, "demonym"))
                yield return entry;
            foreach (var entry in Column(columns, 3, "capital"))
                yield return entry;
        }
    }

    /// <summary><c>Casablanca | MA | الدار البيضاء; Casablanca</c>: usual Latin form, country, spellings.</summary>
    public static IEnumerable<Entry> Cities(string name)
    {
        foreach (var line in KnowledgeFile.Lines(name))
        {
            var columns = line.Split('|', StringSplitOptions.TrimEntries);
            var code = $"{columns[1]}:{columns[0]}";
            yield return PatternSyntax.Parse("city", code, Plain(columns[0]));
            if (columns.Length > 2)
                foreach (var spelling in columns[2].Split(';', StringSplitOptions.TrimEntries))
                    yield return PatternSyntax.Parse("city", code, Plain(spelling));
        }
    }

    private static IEnumerable<Entry> Column(string[] columns, int column, string category) =>
        column < columns.Length && columns[column].Length > 0
            ? columns[column]
                .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(words => PatternSyntax.Parse(category, columns[0], Plain(words).Replace('/', '|')))
            : [];

    private static string Plain(string words) =>
        words.Replace('\'', ' ').Replace('’', ' ').Replace('-', ' ').Replace(".", " ", StringComparison.Ordinal);
}
