using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>What was received is passed on under no lower classification than it came with.</summary>
internal sealed class MarkingRule : IRule
{
    public string Id => "marking";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        var higher = disclosure.Leaves
            ? disclosure.Foreign.FirstOrDefault(content => content.Rank > disclosure.Rank)
            : null;
        if (higher is null)
        {
            return default;
        }

        return new(
            new Finding(
                Id,
                Verdict.Refuse,
                new Phrase(
                    "guard.marking.reason",
                    CeilingRule.RankKey(higher.Rank),
                    CeilingRule.RankKey(disclosure.Rank)
                ),
                new Phrase("guard.source.text", "Council Decision 2013/488/EU art. 3"),
                new Phrase("guard.marking.remedy"),
                Role.Officer
            )
        );
    }
}
