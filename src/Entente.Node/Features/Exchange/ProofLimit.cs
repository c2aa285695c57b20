using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Guard;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// What a node under the directive wrote to a third country is proven by data-protection officers alone: they know what
/// left and what was held, and nobody else learns it by what can and what cannot be proven.
/// </summary>
internal sealed class ProofLimit(LeavingFacts leaving)
{
    public Decision? Against(Officer officer, StoredMessage stored) =>
        stored is { Direction: MessageDirection.Out, Kind: Kinds.Request or Kinds.Answer or Kinds.Information }
        && !officer.Is(Role.Protection)
        && leaving.LawTowards(stored.Partner[..2].ToUpperInvariant()) is not null
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
