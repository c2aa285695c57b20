namespace Entente.Node.Features.Texts.Negotiation;

/// <param name="Code">`title`, `empty`, `disagreement`, `pending`, `stale`, `missing`: a label behind `texts.obstacle.`.</param>
/// <param name="Count">How many clauses it is about.</param>
public sealed record NotYet(string Code, int Count);

/// <summary>What stands between a text and its signature.</summary>
internal static class Obstacles
{
    public static IReadOnlyList<NotYet> Of(TextState state)
    {
        var found = new List<NotYet>
        {
            new("title", state.Title is null ? 1 : 0),
            new("empty", state.Clauses.Count == 0 ? 1 : 0),
            new("disagreement", state.Disagreements),
            new("pending", state.All.Count(c => c.Heads.Count == 1 && !c.Settled)),
            new("stale", state.All.Count(c => c.Heads.Any(v => v.Stale.Count > 0))),
            new("missing", state.All.Count(c => c.Heads.Any(v => !v.Proposed.Removed && Lacks(state, v)))),
        };
        return [.. found.Where(one => one.Count > 0)];
    }

    private static bool Lacks(TextState state, ClauseVersion version) =>
        state.Languages.Any(language => string.IsNullOrWhiteSpace(version.In(language)));
}
