using System.Reflection;

namespace Entente.Names;

/// <summary>The lines of the data files built into the library.</summary>
internal static class NameData
{
    public static IEnumerable<string> Lines(string name)
    {
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new FileNotFoundException(name);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (line.Trim() is { Length: > 0 } kept && kept[0] != '#')
                yield return kept;
    }
}
