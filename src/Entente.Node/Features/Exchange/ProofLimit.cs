using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Guard;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// What a node wrote to a state outside the law that binds it is proven by data-protection officers alone: they know what
/// left and what was held, and nobody else learns it by what can and what cannot be proven.
/// </summary>
internal sealed class ProofLimit(QuietLinks quiet)
{
    public Decision? Against(Officer officer, StoredMessage stored) =>
        stored is { Direction: MessageDirection.Out, Kind: Kinds.Request or Kinds.Answer or Kinds.Information }
        && !officer.Is(Role.Protection)
        && quiet.Is(stored.Partner)
            ? Decision.Of([
                new Finding(
                    "proof",
                    Verdict.Refuse,
                    new Phrase("evidence.limit.reason"),
                    new Phrase("evidence.limit.source"),
                    new Phrase("evidence.limit.remedy"),
                    Role.Protection
                ),
            ])
            : null;
}
