using System.Globalization;
using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// A marked level goes over the link only where the two partners agreed what it equals on the other side: scheme, version
/// and rank, never a bare word. While they agreed no table at all, the rank alone binds, and that is said.
/// </summary>
internal sealed class EquivalenceRule : IRule
{
    public string Id => "equivalence";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        if (
            disclosure is not { Leaves: true, Rank: > 0, Link.Settings: { } settings, Marking: { } marking }
            || settings.Equivalences?.Any(level => level.Covers(marking)) == true
        )
        {
            return default;
        }

        return new(
            new Finding(
                Id,
                settings.Equivalences is null ? Verdict.Allow : Verdict.Refuse,
                new Phrase("guard.equivalence.reason", marking.Marking, marking.Scheme, marking.Version),
                new Phrase("guard.source.link", settings.Version.ToString(CultureInfo.InvariantCulture)),
                new Phrase("guard.equivalence.remedy"),
                Role.Security
            )
        );
    }
}
