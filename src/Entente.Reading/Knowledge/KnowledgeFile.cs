using System.Reflection;

namespace Entente.Reading.Knowledge;

/// <summary>Lists the data files built into the library and reads their lines.</summary>
internal static class KnowledgeFile
{
    private const string Root = "Knowledge/";

    /// <summary>Names as <c>fr/domains.txt</c>.</summary>
    public static IReadOnlyList<string> Names(string folder) =>
        [
            .. Assembly
                .GetExecutingAssembly()
                .GetManifestResourceNames()
                .Select(name => name.Replace('\\', '/'))
                .Where(name => name.StartsWith($"{Root}{folder}/", StringComparison.Ordinal))
                .Select(name => name[Root.Length..])
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The lines that carry something, without comments.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream(Root + name)
            ?? throw new FileNotFoundException(name);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var kept = line.Trim();
            if (kept.Length > 0 && kept[0] != '#')
                yield return kept;
        }
    }

    /// <summary>Entries of a file of <c>[code]</c> sections with one pattern a line.</summary>
    public static IEnumerable<Entry> Entries(string name)
    {
        var category = name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..^".txt".Length];
        string? code = null;
        foreach (var line in Lines(name))
        {
            if (line[0] == '[' && line[^1] == ']')
                code = line[1..^1];
            else
                yield return PatternSyntax.Parse(
                    category,
                    code ?? throw new FormatException($"{name}: a pattern before the first [code]"),
                    line
                );
        }
    }
}
