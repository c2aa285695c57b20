using Entente.Node.Features.Texts.Negotiation;

namespace Entente.Node.Features.Texts;

/// <summary>
/// Changes of a draft. What was drafted before and is changed again is written over: the other side is sent what is meant,
/// not how it came about.
/// </summary>
internal static class DraftEdits
{
    /// <summary>The first version of something that nobody has seen yet.</summary>
    public static ProposeClause First(
        string clause,
        IReadOnlyDictionary<string, string> wording,
        Promise? promise,
        Func<string> newId
    ) =>
        new()
        {
            Clause = clause,
            Version = newId(),
            Replaces = [],
            Wording = wording,
            Promise = promise,
        };

    /// <param name="after">The clause it follows; null puts it first.</param>
    public static IReadOnlyList<Act> Add(TextView view, string? after, NewClause clause, Func<string> newId)
    {
        var id = newId();
        return
        [
            .. view.Draft,
            First(id, clause.Wording, clause.Promise, newId),
            new PlaceClause(id, PlaceAfter(view.Seen, after)),
        ];
    }

    /// <param name="version">One version, or null for every one of the other side's that stands alone.</param>
    public static IReadOnlyList<Act> Accept(TextView view, string? version) =>
        [
            .. view.Draft,
            .. view
                .Seen.All.Where(c => version is not null || c.Heads.Count == 1)
                .SelectMany(c => c.Heads)
                .Where(v => (version is null || v.Id == version) && !v.AcceptedBy.Contains(view.Self))
                .Select(v => new AcceptVersion(v.Id)),
        ];

    public static IReadOnlyList<Act> Word(TextView view, ClauseState clause, ProposedWords words, Func<string> newId)
    {
        var over = clause.Heads.FirstOrDefault(v => v.Id == words.Over) ?? clause.Current;
        var wording = over
            .Proposed.Wording.Concat(words.Wording)
            .GroupBy(pair => pair.Key)
            .ToDictionary(group => group.Key, group => group.Last().Value);
        var drafted = Drafted(view, clause);
        var proposal = new ProposeClause
        {
            Clause = clause.Id,
            Version = drafted?.Version ?? newId(),
            Replaces = drafted?.Replaces ?? [.. clause.Heads.Select(v => v.Id)],
            Wording = wording,
            Confirmed = [.. (drafted?.Confirmed ?? []).Concat(words.Confirmed).Distinct()],
            Promise = words.Promise,
        };
        return drafted is null
            ? [.. view.Draft, proposal]
            : [.. view.Draft.Select(act => act == drafted ? proposal : act)];
    }

    public static IReadOnlyList<Act> Remove(TextView view, ClauseState clause, Func<string> newId)
    {
        var drafted = Drafted(view, clause);
        IEnumerable<Act> without = view.Draft.Where(act => act != drafted);
        if (drafted is { Replaces.Count: 0 })
        {
            // Nobody else has seen it.
            return [.. without.Where(act => act is not PlaceClause place || place.Clause != clause.Id)];
        }

        var removal = new ProposeClause
        {
            Clause = clause.Id,
            Version = newId(),
            Replaces = drafted?.Replaces ?? [.. clause.Heads.Select(v => v.Id)],
            Wording = clause.Current.Proposed.Wording,
            Removed = true,
        };
        return [.. without, removal];
    }

    public static IReadOnlyList<Act> Withdraw(TextView view, ClauseVersion own) =>
        view.Draft.OfType<ProposeClause>().FirstOrDefault(act => act.Version == own.Id) is { } drafted
            ? [.. view.Draft.Where(act => act != drafted)]
            : [.. view.Draft, new WithdrawVersion(own.Id)];

    public static IReadOnlyList<Act>? Move(TextView view, string clause, int step)
    {
        var order = view.Seen.Clauses;
        var at = order.ToList().FindIndex(c => c.Id == clause);
        var to = at + step;
        if (at < 0 || to < 0 || to >= order.Count)
        {
            return at < 0 ? null : view.Draft;
        }

        var (before, after) = step < 0 ? (to - 1, to) : (to, to + 1);
        var place = Between(
            before < 0 ? null : order[before].Position,
            after >= order.Count ? null : order[after].Position
        );
        return
        [
            .. view.Draft.Where(act => act is not PlaceClause earlier || earlier.Clause != clause),
            new PlaceClause(clause, place),
        ];
    }

    private static string PlaceAfter(TextState state, string? after)
    {
        var order = state.Clauses.ToList();
        var at = after is null ? -1 : order.FindIndex(c => c.Id == after);
        at = after is not null && at < 0 ? order.Count - 1 : at;
        return Between(at < 0 ? null : order[at].Position, at + 1 < order.Count ? order[at + 1].Position : null);
    }

    // Both sides may have put something at one place; then there is nothing between, and right behind is near enough.
    private static string Between(string? low, string? high) =>
        low is not null && high is not null && string.CompareOrdinal(low, high) >= 0
            ? Positions.Between(low, null)
            : Positions.Between(low, high);

    private static ProposeClause? Drafted(TextView view, ClauseState clause) =>
        view.Draft.OfType<ProposeClause>().LastOrDefault(act => act.Clause == clause.Id);
}
