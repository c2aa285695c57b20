using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>Information is given with an evaluation of its source and of itself, in codes of the profile's scale.</summary>
internal sealed class EvaluationRule : IRule
{
    public string Id => "evaluation";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        if (
            disclosure is not { Leaves: true, GivesInformation: true, Profile.Evaluation: { } scale }
            || (
                scale.Reliability.Any(code => code.Code == disclosure.Reliability)
                && scale.Accuracy.Any(code => code.Code == disclosure.Accuracy)
            )
        )
        {
            return default;
        }

        return new(
            new Finding(
                Id,
                Verdict.Refuse,
                new Phrase("guard.evaluation.reason", scale.Scale),
                new Phrase("guard.source.text", "Directive (EU) 2016/680 art. 7(2)"),
                new Phrase("guard.evaluation.remedy"),
                Role.Officer
            )
        );
    }
}
