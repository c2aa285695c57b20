using System.Globalization;
using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// A marked level goes over the link only where the two partners agreed what it equals on the other side: scheme, version
/// and rank, never a bare word. Where they agreed no table, nothing above unclassified can be compared, and nothing goes.
/// </summary>
internal sealed class EquivalenceRule : IRule
{
    public string Id => "equivalence";

    public bool Foreseen => true;

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        if (disclosure is not { Leaves: true, Rank: > 0, Link.Settings: { } settings })
        {
            return default;
        }

        var (marking, agreed) = (disclosure.Marking, settings.Equivalences ?? []);
        // Before it is marked its rank is all that is known of it.
        if (agreed.Any(level => marking is null ? level.Ours.Rank == disclosure.Rank : level.Covers(marking)))
        {
            return default;
        }

        return new(
            new Finding(
                Id,
                Verdict.Refuse,
                marking is null
                    ? new Phrase("guard.equivalence.unmarked", CeilingRule.RankKey(disclosure.Rank))
                    : new Phrase("guard.equivalence.reason", marking.Marking, marking.Scheme, marking.Version),
                new Phrase("guard.source.link", settings.Version.ToString(CultureInfo.InvariantCulture)),
                new Phrase("guard.equivalence.remedy"),
                Role.Security
            )
        );
    }
}
