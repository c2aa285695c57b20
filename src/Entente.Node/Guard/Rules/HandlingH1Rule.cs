using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>H1: not before a court without the provider's permission. What we wrote ourselves is ours to prove.</summary>
internal sealed class HandlingH1Rule : IRule
{
    public const string Code = "H1";

    /// <summary>The label for where evidence goes.</summary>
    public const string Court = "guard.court";

    public string Id => "h1";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        var held =
            disclosure.Act == DisclosureAct.Prove
                ? disclosure.Foreign.FirstOrDefault(content => !content.Permitted && content.Handling.Contains(Code))
                : null;
        if (held is null)
        {
            return default;
        }

        var code = disclosure.Profile?.Handling.FirstOrDefault(handling => handling.Code == Code);
        return new(
            new Finding(
                Id,
                Verdict.Refuse,
                new Phrase("guard.h1.reason", held.GivenBy),
                new Phrase("guard.source.text", code?.Source ?? Code),
                new Phrase("guard.h1.remedy", held.GivenBy),
                Role.Officer
            )
        );
    }
}
