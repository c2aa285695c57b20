using System.Globalization;
using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>Nothing goes over a link above the classification rank the two partners agreed for it.</summary>
internal sealed class CeilingRule : IRule
{
    public string Id => "ceiling";

    public bool Foreseen => true;

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        if (disclosure is not { Leaves: true, Link.Settings: { } settings } || disclosure.Rank <= settings.CeilingRank)
        {
            return default;
        }

        return new(
            new Finding(
                Id,
                Verdict.Refuse,
                new Phrase("guard.ceiling.reason", RankKey(disclosure.Rank), RankKey(settings.CeilingRank)),
                new Phrase("guard.source.link", settings.Version.ToString(CultureInfo.InvariantCulture)),
                new Phrase("guard.ceiling.remedy"),
                Role.Security
            )
        );
    }

    /// <summary>The label of a rank; ranks above the highest known are said as the highest.</summary>
    public static string RankKey(int rank) =>
        "guard.rank." + Math.Clamp(rank, 0, 4).ToString(CultureInfo.InvariantCulture);
}
