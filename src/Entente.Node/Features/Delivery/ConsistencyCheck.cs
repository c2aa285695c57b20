using System.Collections.Concurrent;
using Entente.Node.Features.Links;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// When there is nothing to carry, asks the partner to prove that its ledger only grew since the head we saw before.
/// </summary>
internal sealed class ConsistencyCheck(Database database, Witness witness, PartnerDoor door, TimeProvider clock)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(15);

    // Not by the time of day: a clock set back must not keep the witness from looking.
    private readonly ConcurrentDictionary<string, long> _last = new(StringComparer.Ordinal);

    /// <summary>Always idle: a proof that does not come is asked for again, and hinders no message.</summary>
    public async Task<CourierStep> StepAsync(LinkedPartner partner, CancellationToken cancellation)
    {
        var now = clock.GetTimestamp();
        if (_last.TryGetValue(partner.Partner, out var last) && clock.GetElapsedTime(last, now) < Between)
        {
            return CourierStep.Idle;
        }

        _last[partner.Partner] = now;
        var wanted = await database.WriteAsync(
            t => Witness.NeedsProofAsync(t, partner.Partner, cancellation),
            cancellation
        );
        if (wanted is null)
        {
            return CourierStep.Idle;
        }

        var proof = await door.ConsistencyAsync(partner, wanted.First, wanted.Second, cancellation);
        if (proof is not null)
        {
            await database.WriteAsync(
                t => witness.AcceptProofAsync(t, partner.Partner, wanted, proof, cancellation),
                cancellation
            );
        }

        return CourierStep.Idle;
    }
}
