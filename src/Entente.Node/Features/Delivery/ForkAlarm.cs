using Entente.Node.Features.Accounts;
using Entente.Node.Features.Audit;
using Entente.Node.Features.Links;
using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Two histories under one sequence: somebody restored an old copy, or somebody lies. The link stops on both sides until
/// officers have spoken to each other.
/// </summary>
internal sealed class ForkAlarm(Database database, Alarms alarms, LinkCeremony ceremony)
{
    public const string Reason = "fork";

    public Task RaiseAsync(LinkedPartner partner, string where, CancellationToken cancellation) =>
        database.WriteAsync(
            async t =>
            {
                await alarms.RaiseAsync(t, AlarmKind.LinkFork, partner.Partner, where, cancellation);
                await ceremony.SuspendAsync(
                    t,
                    partner.Partner,
                    partner.Link.State,
                    Reason,
                    Officer.NodeActor,
                    cancellation
                );
            },
            cancellation
        );
}
