using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>Nobody sees or sends what is classified above their own clearance.</summary>
internal sealed class ClearanceRule : IRule
{
    public string Id => "clearance";

    public bool Foreseen => true;

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        if (disclosure.Rank <= disclosure.Officer.Clearance)
        {
            return default;
        }

        return new(
            new Finding(
                Id,
                Verdict.Refuse,
                new Phrase(
                    "guard.clearance.reason",
                    CeilingRule.RankKey(disclosure.Rank),
                    CeilingRule.RankKey(disclosure.Officer.Clearance)
                ),
                new Phrase("guard.source.accounts"),
                new Phrase("guard.clearance.remedy"),
                Role.Security
            )
        );
    }
}
