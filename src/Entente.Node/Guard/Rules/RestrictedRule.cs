using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// What is restricted at somebody's request is kept and no longer used: neither shown to those who work on cases, nor sent,
/// passed on or taken away. Data-protection officers see it, for they answer for it.
/// </summary>
internal sealed class RestrictedRule : IRule
{
    public string Id => "restricted";

    public bool Foreseen => true;

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        var restricted = disclosure.Restricted || disclosure.Foreign.Any(content => content.Restricted);
        var inTheHouse = disclosure.Act is DisclosureAct.View or DisclosureAct.Search;
        if (!restricted || !disclosure.ShowsContent || (inTheHouse && disclosure.Officer.Is(Role.Protection)))
        {
            return default;
        }

        return new(
            new Finding(
                Id,
                Verdict.Refuse,
                new Phrase("guard.restricted.reason"),
                new Phrase("guard.source.text", "Directive (EU) 2016/680 art. 16(3)"),
                new Phrase("guard.restricted.remedy"),
                Role.Protection
            )
        );
    }
}
