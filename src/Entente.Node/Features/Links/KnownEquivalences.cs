using Entente.Node.Profiles;

namespace Entente.Node.Features.Links;

/// <summary>
/// What is published of how states' levels correspond, to begin a proposal with. Nothing of it holds on a link before the
/// two partners have agreed it.
/// </summary>
internal static class KnownEquivalences
{
    /// <summary>The member states' levels beside the Union's, which is why they can be compared with each other.</summary>
    public const string Council = "2013/488/EU, appendix B";

    private static readonly string[] InCouncilTable = ["DE", "ES", "EU", "FI", "FR"];

    /// <summary>Rank by rank where both states stand in a published table; null where they do not.</summary>
    public static IReadOnlyList<LevelEquivalence>? Between(MarkingScheme ours, MarkingScheme theirs) =>
        InCouncilTable.Contains(ours.Country) && InCouncilTable.Contains(theirs.Country)
            ? ByRank(ours, theirs, Council)
            : null;

    /// <summary>The levels above unclassified that both schemes have.</summary>
    public static IReadOnlyList<LevelEquivalence> ByRank(MarkingScheme ours, MarkingScheme theirs, string source) =>
        [
            .. ours
                .Levels.Where(level => level.Rank > 0 && theirs.Levels.Any(other => other.Rank == level.Rank))
                .Select(level => new LevelEquivalence(
                    new Level(ours.Id, ours.Version, level.Rank),
                    new Level(theirs.Id, theirs.Version, level.Rank)
                )
                {
                    Source = source,
                }),
        ];
}
