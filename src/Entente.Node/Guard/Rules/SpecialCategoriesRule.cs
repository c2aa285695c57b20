using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// Race, politics, religion, union, genes, biometrics, health, sex life: only where strictly necessary, on a ground of the
/// law, in words that say why.
/// </summary>
internal sealed class SpecialCategoriesRule : IRule
{
    public string Id => "special";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        if (!disclosure.Leaves || disclosure.SpecialCategories.Count == 0)
        {
            return default;
        }

        var grounds = SenderLawOf(disclosure).SpecialGrounds;
        var known = grounds.Any(ground => ground.Code == disclosure.SpecialGround);
        var reasoned = (disclosure.SpecialReason?.Trim().Length ?? 0) >= TransferGroundRule.ShortestReason;
        return known && reasoned
            ? default
            : new(
                new Finding(
                    Id,
                    Verdict.Refuse,
                    new Phrase(known ? "guard.special.unreasoned" : "guard.special.ungrounded"),
                    new Phrase("guard.source.text", "Directive (EU) 2016/680 art. 10"),
                    new Phrase("guard.special.remedy"),
                    Role.Officer
                )
            );
    }

    // Asked of every sender, bound or not: the grounds are those of the one list the program carries.
    private static Profiles.SenderLaw SenderLawOf(Disclosure disclosure) =>
        disclosure.Law ?? Profiles.SenderLaws.Directive;
}
