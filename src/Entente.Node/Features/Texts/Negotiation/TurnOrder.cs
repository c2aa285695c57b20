namespace Entente.Node.Features.Texts.Negotiation;

/// <summary>
/// What the other side may still say: whatever the order in which turns come, none goes behind what was answered, and none
/// takes the place of another. What was read, accepted and signed here stays what it was.
/// </summary>
internal static class TurnOrder
{
    /// <param name="known">Of both sides.</param>
    public static bool Holds(Turn turn, IReadOnlyList<Turn> known)
    {
        var ours = known.Where(t => t.By != turn.By).ToList();
        var versions = known.SelectMany(Versions).ToHashSet(StringComparer.Ordinal);
        return
            // We have answered it, or one after it: it would be read into what we answered, accepted or signed.
            turn.Number > ours.Select(t => t.Seen).DefaultIfEmpty().Max()
            // It knows what we have not said yet, and would release a signature that is still to come.
            && turn.Seen <= ours.Select(t => t.Number).DefaultIfEmpty().Max()
            && known.All(t => t.By != turn.By || t.Number != turn.Number)
            // An id names one wording for ever.
            && Versions(turn).All(versions.Add);
    }

    private static IEnumerable<string> Versions(Turn turn) =>
        turn.Acts.OfType<ProposeClause>().Select(act => act.Version);
}
