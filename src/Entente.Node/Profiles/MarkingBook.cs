using Entente.Protocol;

namespace Entente.Node.Profiles;

public sealed record MarkingFile(string Version, IReadOnlyList<MarkingScheme> Schemes);

/// <summary>A state's classification levels of one time. The same word changes rank between states and years.</summary>
/// <param name="Until">The last day it was marked by; its markings stay valid on what bears them. Null while in use.</param>
public sealed record MarkingScheme(
    string Id,
    string Version,
    string? Country,
    IReadOnlyDictionary<string, string> Names,
    string Source,
    IReadOnlyList<MarkingLevel> Levels,
    string? Until = null
)
{
    public string Name(string language) => Names.TryGetValue(language, out var name) ? name : Id;
}

public sealed record MarkingLevel(int Rank, string Marking, string Flag, IReadOnlyDictionary<string, string> Texts)
{
    public string Text(string language) => Texts.TryGetValue(language, out var text) ? text : Marking;
}

/// <summary>The classification schemes, and which one a node marks with.</summary>
internal sealed class MarkingBook
{
    /// <summary>For a state whose own markings are not set: ranks without any claim of equivalence.</summary>
    public const string Neutral = "entente-neutral";

    private readonly MarkingFile _file = LegalProfiles.Markings();

    public IReadOnlyList<MarkingScheme> Schemes => _file.Schemes;

    public MarkingScheme? Find(string id, string version) =>
        Schemes.FirstOrDefault(scheme => scheme.Id == id && scheme.Version == version);

    /// <summary>The scheme in use in a country, else the neutral one.</summary>
    public MarkingScheme For(string country) =>
        Schemes.FirstOrDefault(scheme => scheme.Country == country && scheme.Until is null)
        ?? Schemes.First(scheme => scheme.Id == Neutral);

    /// <summary>The marking of a rank; where the scheme has no such level, of the next higher one.</summary>
    public static Classification Mark(MarkingScheme scheme, int rank)
    {
        var level = scheme.Levels.Where(l => l.Rank >= rank).MinBy(l => l.Rank) ?? scheme.Levels[^1];
        return new Classification(scheme.Id, scheme.Version, level.Rank, level.Marking);
    }
}
