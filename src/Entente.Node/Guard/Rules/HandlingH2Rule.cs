using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// H2: no dissemination without the provider's permission; unlike originator control it holds towards every other node,
/// also where the provider is not the originator, towards a court, on files and paper, and in a briefing for others.
/// </summary>
internal sealed class HandlingH2Rule : IRule
{
    public const string Code = "H2";

    public string Id => "h2";

    public bool Foreseen => true;

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        var takesOut = disclosure.TakesOut;
        var briefs = disclosure is { Act: DisclosureAct.Brief, Audience: not null };
        var held =
            takesOut || briefs || disclosure.Leaves
                ? disclosure.Foreign.FirstOrDefault(content =>
                    !content.Permitted
                    && content.Handling.Contains(Code)
                    && (takesOut || !IsGiver(content, briefs ? disclosure.Audience! : disclosure.Partner)) // Briefs: not null.
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
                new Phrase("guard.h2.reason", held.GivenBy, To(disclosure)),
                new Phrase("guard.source.text", code?.Source ?? Code),
                new Phrase("guard.h2.remedy", held.GivenBy),
                Role.Officer
            )
        );
    }

    private static bool IsGiver(ForeignContent content, string to) =>
        content.GivenBy == to
        || (to.Length == 2 && content.GivenBy.StartsWith(to + ".", StringComparison.OrdinalIgnoreCase));

    private static string To(Disclosure disclosure) =>
        disclosure.Act switch
        {
            DisclosureAct.Prove => HandlingH1Rule.Court,
            DisclosureAct.Export or DisclosureAct.Print => "guard.outside",
            DisclosureAct.Brief => disclosure.Audience ?? "",
            _ => disclosure.Partner,
        };
}
