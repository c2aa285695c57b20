using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;

namespace Entente.Node.Guard.Rules;

/// <summary>Nothing leaves but over a link that two security officers of each side have confirmed.</summary>
internal sealed class ActiveLinkRule : IRule
{
    public string Id => "link";

    public bool Foreseen => true;

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        if (!disclosure.Leaves || disclosure.Link?.State == LinkState.Active)
        {
            return default;
        }

        return new(
            new Finding(
                Id,
                Verdict.Refuse,
                new Phrase("guard.link.reason", disclosure.Partner),
                new Phrase("guard.source.ceremony"),
                new Phrase("guard.link.remedy"),
                Role.Security
            )
        );
    }
}
