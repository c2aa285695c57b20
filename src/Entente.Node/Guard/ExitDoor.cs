using Entente.Node.Features.Accounts;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Guard;

/// <summary>
/// The one door out of the house: a file, paper. What goes into it is judged together, a refusal is recorded before anything
/// is made, and what leaves is a disclosure in the ledger.
/// </summary>
internal sealed class ExitDoor(
    UseDoor door,
    DisclosureGuard guard,
    DecisionBook decisions,
    Database database,
    LedgerLog ledger
)
{
    /// <summary>For a button: nothing is recorded or counted as refused.</summary>
    public async Task<Decision> ForeseeAsync(Officer officer, Departing departing, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var disclosure in await DisclosuresAsync(officer, departing, cancellation))
        {
            findings.AddRange((await guard.ForeseeAsync(disclosure, cancellation)).Findings);
        }

        return Together(findings);
    }

    /// <summary>Make it only where this allows it.</summary>
    public async Task<Decision> LeaveAsync(Officer officer, Departing departing, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        Disclosure? against = null;
        foreach (var disclosure in await DisclosuresAsync(officer, departing, cancellation))
        {
            var decided = await guard.DecideAsync(disclosure, cancellation);
            findings.AddRange(decided.Findings);
            against ??= decided.Allowed ? null : disclosure;
        }

        var decision = Together(findings);
        if (against is not null)
        {
            await decisions.RecordAsync(Objection.To(against, decision, departing.Object), cancellation);
            return decision;
        }

        var leaf = new LedgerEvent(
            officer.Login,
            LedgerAction.Disclose,
            departing.Object,
            departing.Why,
            Link: departing.Partner.Length == 0 ? null : departing.Partner
        );
        await database.WriteAsync(t => ledger.AppendAsync(t, leaf, cancellation), cancellation);
        return decision;
    }

    private async Task<IReadOnlyList<Disclosure>> DisclosuresAsync(
        Officer officer,
        Departing departing,
        CancellationToken cancellation
    )
    {
        var itself = new Disclosure
        {
            Act = departing.Act,
            Officer = officer,
            Kind = departing.Kind,
            Partner = departing.Partner,
            Rank = departing.Rank,
            CodesOnly = departing.CodesOnly,
        };
        if (departing.Messages.Count == 0)
        {
            return [itself];
        }

        var found = await door.DisclosuresAsync(officer, departing.Act, departing.Messages, null, cancellation);
        return
        [
            .. found.Values.Select(one =>
                // Codes are this node's own: what others gave us is not among them.
                departing.CodesOnly
                    ? one with
                    {
                        CodesOnly = true,
                        Foreign = [],
                    }
                    : one
            ),
            // What the messages are part of has its own level, which may be above theirs.
            .. departing.Rank > 0
                ? [itself with { Units = [.. found.Values.SelectMany(one => one.Units)] }]
                : Array.Empty<Disclosure>(),
        ];
    }

    private static Decision Together(IEnumerable<Finding> findings) =>
        Decision.Of([
            .. findings.DistinctBy(finding =>
                (finding.Rule, finding.Verdict, finding.Reason.Key, string.Join('\n', finding.Reason.Arguments))
            ),
        ]);
}

/// <summary>What would leave the house.</summary>
/// <param name="Act">A file, paper, or evidence.</param>
/// <param name="Object">As in the ledger: `message:0192…`, `statistics:2026`.</param>
/// <param name="Why">What it leaves as: `transfer-file`.</param>
public sealed record Departing(DisclosureAct Act, string Object, string Why)
{
    /// <summary>A message's kind, or what else it is: `statistics`, <see cref="Briefing"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Empty where it concerns several or none.</summary>
    public string Partner { get; init; } = "";

    /// <summary>The messages whose content is in it.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>The highest level of what it was made from.</summary>
    public int Rank { get; init; }

    /// <summary>Figures and codes, and not a word of a message.</summary>
    public bool CodesOnly { get; init; }

    public const string Briefing = "briefing";
}
