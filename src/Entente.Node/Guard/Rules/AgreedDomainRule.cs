using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Protocol;

namespace Entente.Node.Guard.Rules;

/// <summary>Only the domains the two partners agreed for the link.</summary>
internal sealed class AgreedDomainRule : IRule
{
    public string Id => "domain";

    public bool Foreseen => true;

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        if (
            disclosure is not { Leaves: true, Link.Settings: { } settings }
            || disclosure.Kind
                is Kinds.Progress
                    or Kinds.Permission
                    or Kinds.Correction
                    or Kinds.Proposal
                    or Kinds.Adoption
            || (disclosure.Domain is { } domain && settings.Domains.Contains(domain))
        )
        {
            return default;
        }

        return new(
            new Finding(
                Id,
                Verdict.Refuse,
                string.IsNullOrWhiteSpace(disclosure.Domain)
                    ? new Phrase("guard.domain.none")
                    : new Phrase("guard.domain.reason", "domain." + disclosure.Domain),
                new Phrase("guard.source.link", settings.Version.ToString(CultureInfo.InvariantCulture)),
                new Phrase("guard.domain.remedy"),
                Role.Security
            )
        );
    }
}
