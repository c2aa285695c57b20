using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard;

/// <summary>
/// The door for figures. What the rules look at in a count is the same for thousands of messages, so the database counts by
/// these classes and the guard judges each class: a figure costs the same however much is exchanged.
/// </summary>
internal sealed class CountDoor(DisclosureGuard guard)
{
    /// <summary>What `COUNT(*)` is grouped by, of a `request r`; a lifted quarantine does not join.</summary>
    public const string Classes = "r.rank, r.unit, q.message IS NOT NULL AS aside";

    /// <summary>The same for GROUP BY.</summary>
    public const string By = "r.rank, r.unit, q.message IS NOT NULL";

    /// <summary>What joins the classes to `request r`.</summary>
    public const string Join = "LEFT JOIN quarantine q ON q.message = r.id AND q.lifted_at IS NULL";

    /// <summary>Those rows that the officer may count.</summary>
    public async Task<IReadOnlyList<T>> CountedAsync<T>(
        Officer officer,
        IReadOnlyList<T> rows,
        CancellationToken cancellation
    )
        where T : Counted
    {
        var judged = new Dictionary<(int, string, bool), bool>();
        var counted = new List<T>(rows.Count);
        foreach (var row in rows)
        {
            var of = (row.Rank, row.Unit, row.Aside);
            if (!judged.TryGetValue(of, out var allowed))
            {
                allowed = judged[of] = (await guard.DecideAsync(Disclosure(officer, row), cancellation)).Allowed;
            }

            if (allowed)
            {
                counted.Add(row);
            }
        }

        return counted;
    }

    private static Disclosure Disclosure(Officer officer, Counted row) =>
        new()
        {
            Act = DisclosureAct.Count,
            Officer = officer,
            Kind = Protocol.Kinds.Request,
            Partner = "",
            Rank = row.Rank,
            Units = row.Unit.Length == 0 ? [] : [row.Unit],
            Quarantined = row.Aside,
        };
}

/// <summary>Messages that the rules cannot tell apart where they are only counted.</summary>
public record Counted
{
    public int Rank { get; init; }

    /// <summary>Our unit; empty where it is everybody's.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Set aside for how it was obtained.</summary>
    public bool Aside { get; init; }
}
