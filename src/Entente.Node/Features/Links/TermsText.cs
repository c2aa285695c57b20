using System.Globalization;

namespace Entente.Node.Features.Links;

/// <summary>A table of equivalences as an officer types it: `fr 2021-07-01 3 = de 2018-08-10 3 # source`, one a line.</summary>
internal static class TermsText
{
    public static string Write(IReadOnlyList<LevelEquivalence>? levels) =>
        string.Join(
            '\n',
            (levels ?? []).Select(level => $"{Write(level.Ours)} = {Write(level.Theirs)}{Source(level)}")
        );

    /// <summary>Null where nothing was typed; lines that are not of this form are left out.</summary>
    public static IReadOnlyList<LevelEquivalence>? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return
        [
            .. text.Split('\n')
                .Select(line => line.Split('#', 2, StringSplitOptions.TrimEntries))
                .Select(parts =>
                    parts[0].Split('=') is [var ours, var theirs]
                    && Level(ours) is { } own
                    && Level(theirs) is { } other
                        ? new LevelEquivalence(own, other)
                        {
                            Source = parts is [_, { Length: > 0 } source] ? source : null,
                        }
                        : null
                )
                .OfType<LevelEquivalence>(),
        ];
    }

    private static string Source(LevelEquivalence level) => level.Source is { } source ? $" # {source}" : "";

    private static string Write(Level level) =>
        string.Create(CultureInfo.InvariantCulture, $"{level.Scheme} {level.Version} {level.Rank}");

    private static Level? Level(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var scheme, var version, var rank]
        && int.TryParse(rank, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= LinkTerms.HighestRank
            ? new Level(scheme, version, number)
            : null;
}
