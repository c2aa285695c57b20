using System.Globalization;
using Entente.Node.Profiles;
using Entente.Node.Web;

namespace Entente.Node.Features.Links;

/// <summary>A table of equivalences as an officer chooses it, level by level, and as it is shown.</summary>
internal static class TermsText
{
    /// <summary>Lines that the form has at most: each level of two schemes, and some to spare.</summary>
    public const int MostLines = 24;

    /// <summary>Null where nothing was chosen; lines with one side only are left out.</summary>
    public static IReadOnlyList<LevelEquivalence>? Read(IFormCollection form)
    {
        var levels = Enumerable.Range(0, MostLines).Select(i => Line(form, i)).OfType<LevelEquivalence>().ToList();
        return levels.Count == 0 ? null : levels;
    }

    /// <summary>A level as a choice's value: `fr 2021-07-01 3`.</summary>
    public static string Code(Level level) =>
        string.Create(CultureInfo.InvariantCulture, $"{level.Scheme} {level.Version} {level.Rank}");

    /// <summary>Its marking and the scheme's name; the code where the scheme is not known here.</summary>
    public static string Say(MarkingBook markings, Level level) =>
        markings.Find(level.Scheme, level.Version) is { } scheme
        && scheme.Levels.FirstOrDefault(l => l.Rank == level.Rank) is { } known
            ? $"{known.Marking} ({scheme.Name(Labels.Language)})"
            : Code(level);

    private static LevelEquivalence? Line(IFormCollection form, int i) =>
        Level(form[$"ours.{i}"].ToString()) is { } ours && Level(form[$"theirs.{i}"].ToString()) is { } theirs
            ? new LevelEquivalence(ours, theirs)
            {
                Source = form[$"source.{i}"].ToString().Trim() is { Length: > 0 } source ? source : null,
            }
            : null;

    private static Level? Level(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var scheme, var version, var rank]
        && int.TryParse(rank, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= LinkTerms.HighestRank
            ? new Level(scheme, version, number)
            : null;
}
