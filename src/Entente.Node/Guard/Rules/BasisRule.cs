using Entente.Node.Features.Accounts;
using Entente.Protocol;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// Every disclosure rests on an instrument in force with the partner, on record here, and states its purpose. What speaks
/// of another message (answer, progress, permission, a further account of an activity) rests on the basis of that one.
/// </summary>
internal sealed class BasisRule : IRule
{
    public string Id => "basis";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        // A joint text is what makes a basis, and names nobody's data.
        if (!disclosure.Leaves || disclosure.Kind is Kinds.Proposal or Kinds.Adoption)
        {
            return default;
        }

        var reason =
            disclosure.Kind is Kinds.Answer or Kinds.Progress or Kinds.Permission or Kinds.Correction
            || disclosure is { Kind: Kinds.Activity, AnsweredBasis: not null }
                ? AnswerObjection(disclosure)
            : string.IsNullOrWhiteSpace(disclosure.Basis) ? new Phrase("guard.basis.none")
            : !InForce(disclosure) ? new Phrase("guard.basis.not-in-force")
            : string.IsNullOrWhiteSpace(disclosure.Purpose) ? new Phrase("guard.basis.no-purpose")
            : null;
        return reason is null ? default : new(Refusal(reason));
    }

    private static Phrase? AnswerObjection(Disclosure disclosure) =>
        string.IsNullOrWhiteSpace(disclosure.AnsweredBasis) ? new Phrase("guard.basis.answer") : null;

    private static bool InForce(Disclosure disclosure) =>
        disclosure.InForce.Any(choice => choice.Id == disclosure.Basis);

    private Finding Refusal(Phrase reason) =>
        new(
            Id,
            Verdict.Refuse,
            reason,
            new Phrase("guard.source.text", "Directive (EU) 2016/680 art. 4, art. 8, art. 35"),
            new Phrase("guard.basis.remedy"),
            Role.Desk
        );
}
