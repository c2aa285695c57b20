using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// Nothing about somebody under international protection goes to the authorities of the country of origin, and nobody
/// learns that it was held: the finding is silent, see <see cref="Decision.Held"/>.
/// </summary>
internal sealed class AsylumRule : IRule
{
    public string Id => "asylum";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation) =>
        !disclosure.Leaves || !disclosure.Shielded
            ? default
            : new(
                new Finding(
                    Id,
                    Verdict.Refuse,
                    new Phrase("guard.asylum.reason"),
                    new Phrase("guard.source.text", "Regulation (EU) 2024/1348 art. 7(2)"),
                    new Phrase("guard.asylum.remedy"),
                    Role.Protection
                )
                {
                    Silent = true,
                }
            );
}
