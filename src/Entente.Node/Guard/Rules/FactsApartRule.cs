using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// Facts go apart from personal assessments: the text says which of the two it is, and where there are both, the
/// assessment stands in a place of its own.
/// </summary>
internal sealed class FactsApartRule : IRule
{
    public const string Facts = "facts";
    public const string Assessment = "assessment";
    public const string Both = "both";

    public string Id => "facts";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        if (!disclosure.Leaves || !disclosure.GivesInformation)
        {
            return default;
        }

        var apart = disclosure.Nature switch
        {
            Facts or Assessment => !disclosure.HasAssessment,
            Both => disclosure.HasAssessment,
            _ => false,
        };
        return apart
            ? default
            : new(
                new Finding(
                    Id,
                    Verdict.Refuse,
                    new Phrase("guard.facts.reason"),
                    new Phrase("guard.source.text", "Directive (EU) 2016/680 art. 7(1)"),
                    new Phrase("guard.facts.remedy"),
                    Role.Officer
                )
            );
    }
}
