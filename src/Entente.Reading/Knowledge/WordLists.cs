using Entente.Reading.Text;

namespace Entente.Reading.Knowledge;

/// <summary>Given names in Latin script, to tell a name from a capitalised word.</summary>
internal static class GivenNames
{
    private static readonly HashSet<string> Words = WordList.Load("common/given-names.list");

    public static bool Contains(string folded) => Words.Contains(folded);
}

/// <summary>Small words inside a name: bin, de la, van.</summary>
internal static class NameParticles
{
    private static readonly HashSet<string> Words = WordList.Load("common/name-particles.list");

    public static bool Contains(string folded) => Words.Contains(folded);
}

internal static class WordList
{
    public static HashSet<string> Load(string name) =>
        [
            .. KnowledgeFile
                .Lines(name)
                .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(word => Folding.Fold(word)),
        ];
}
