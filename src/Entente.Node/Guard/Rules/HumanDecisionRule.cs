using Entente.Node.Features.Accounts;
using Entente.Protocol;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// No machine decides against a person: what tells of persons is sent by somebody, and the outcome of an automated
/// comparison only once somebody has confirmed it.
/// </summary>
internal sealed class HumanDecisionRule : IRule
{
    public string Id => "human";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        // A correction that goes on down the chain was decided by whoever began it.
        var byNode =
            disclosure.Officer.Login == Officer.NodeActor
            && disclosure.Kind is not (Kinds.Progress or Kinds.Correction);
        if (!disclosure.Leaves || (!byNode && !disclosure.Unconfirmed))
        {
            return default;
        }

        return new(
            new Finding(
                Id,
                Verdict.Refuse,
                new Phrase("guard.human.reason"),
                new Phrase("guard.source.text", "Directive (EU) 2016/680 art. 11"),
                new Phrase("guard.human.remedy"),
                Role.Officer
            )
        );
    }
}
