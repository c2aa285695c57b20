using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// H1: not before a court without the provider's permission; every other use carries that condition. What we wrote
/// ourselves is ours to prove.
/// </summary>
internal sealed class HandlingH1Rule : IRule
{
    public const string Code = "H1";

    /// <summary>The label for where evidence goes.</summary>
    public const string Court = "guard.court";

    public string Id => "h1";

    public bool Foreseen => true;

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        var held = disclosure.Foreign.FirstOrDefault(content => !content.Permitted && content.Handling.Contains(Code));
        if (held is null || disclosure.Leaves || disclosure.Act is DisclosureAct.Count or DisclosureAct.Search)
        {
            return default; // Towards another node H1 travels with the content.
        }

        var code = disclosure.Profile?.Handling.FirstOrDefault(handling => handling.Code == Code);
        return new(
            new Finding(
                Id,
                disclosure.Act == DisclosureAct.Prove ? Verdict.Refuse : Verdict.Allow,
                new Phrase("guard.h1.reason", held.GivenBy),
                new Phrase("guard.source.text", code?.Source ?? Code),
                new Phrase("guard.h1.remedy", held.GivenBy),
                Role.Officer
            )
        );
    }
}
