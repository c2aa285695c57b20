namespace Entente.Node.Features.Texts.Negotiation;

/// <summary>
/// Language versions are tied clause by clause: where one is changed, the others are stale until they are changed too or
/// their author says that they still say the same.
/// </summary>
internal static class Staleness
{
    public static IReadOnlySet<string> Of(ProposeClause proposed, IReadOnlyDictionary<string, ClauseVersion> earlier)
    {
        var replaced = proposed
            .Replaces.Select(earlier.GetValueOrDefault)
            .OfType<ClauseVersion>()
            .Where(version => version.Proposed.Clause == proposed.Clause)
            .ToList();
        var stale = new HashSet<string>(StringComparer.Ordinal);
        if (replaced.Count == 0 || proposed.Removed)
        {
            return stale;
        }

        var changed = proposed
            .Wording.Keys.Where(language => replaced.All(version => version.In(language) != proposed.Wording[language]))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var language in proposed.Wording.Keys.Except(changed).Except(proposed.Confirmed ?? []))
        {
            var kept = replaced.Where(version => version.In(language) == proposed.Wording[language]);
            if (changed.Count > 0 || kept.All(version => version.Stale.Contains(language)))
            {
                stale.Add(language);
            }
        }

        return stale;
    }
}
