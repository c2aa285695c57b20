using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// H2: no dissemination without the provider's permission; unlike originator control it holds towards every other node,
/// also where the provider is not the originator, and towards a court.
/// </summary>
internal sealed class HandlingH2Rule : IRule
{
    public const string Code = "H2";

    public string Id => "h2";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        var proves = disclosure.Act == DisclosureAct.Prove;
        var held =
            proves || disclosure.Leaves
                ? disclosure.Foreign.FirstOrDefault(content =>
                    !content.Permitted
                    && content.Handling.Contains(Code)
                    && (proves || content.GivenBy != disclosure.Partner)
                )
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
                new Phrase("guard.h2.reason", held.GivenBy, proves ? HandlingH1Rule.Court : disclosure.Partner),
                new Phrase("guard.source.text", code?.Source ?? Code),
                new Phrase("guard.h2.remedy", held.GivenBy),
                Role.Officer
            )
        );
    }
}
