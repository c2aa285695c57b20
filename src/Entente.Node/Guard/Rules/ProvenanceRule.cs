using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// What is suspected of having been obtained in violation of human rights is set aside: only the data-protection officer
/// looks at it, and nobody uses it.
/// </summary>
internal sealed class ProvenanceRule : IRule
{
    public string Id => "provenance";

    public bool Foreseen => true;

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        var quarantined = disclosure.Quarantined || disclosure.Foreign.Any(content => content.Quarantined);
        var examines = disclosure is { Act: DisclosureAct.View } && disclosure.Officer.Is(Role.Protection);
        return !quarantined || examines
            ? default
            : new(
                new Finding(
                    Id,
                    Verdict.Refuse,
                    new Phrase("guard.provenance.reason"),
                    new Phrase("guard.source.text", "Regulation (EU) 2016/794 art. 23(9)"),
                    new Phrase("guard.provenance.remedy"),
                    Role.Protection
                )
            );
    }
}
