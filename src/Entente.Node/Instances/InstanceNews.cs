using Entente.Node.Features.Delivery;
using Entente.Node.Web.Live;

namespace Entente.Node.Instances;

/// <summary>
/// Makes one node of its instances: what changed at one is shown by the pages open at all, and what was queued at one is
/// fetched at once by whichever serves the link.
/// </summary>
internal sealed class InstanceNews(InstanceBell bell, LiveEvents live, CourierSignals couriers, LinkShare share)
    : IHostedService
{
    private const string Changed = "changed";
    private const string Work = "work";
    private const string Urgent = "urgent";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        live.Published += TellChanged;
        couriers.Woken += TellWork;
        bell.Heard += Hear;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        live.Published -= TellChanged;
        couriers.Woken -= TellWork;
        bell.Heard -= Hear;
        return Task.CompletedTask;
    }

    private void TellChanged(string topic, string part) => bell.Ring(Changed, topic, part);

    private void TellWork(string partner, bool urgent)
    {
        if (!share.Serves(partner))
        {
            bell.Ring(Work, partner, urgent ? Urgent : "");
        }
    }

    private void Hear(string kind, string first, string second)
    {
        if (kind == Changed)
        {
            live.Deliver(first, second);
        }
        else if (kind == Work)
        {
            couriers.For(first).Wake(second == Urgent);
        }
    }
}
