using Entente.Node.Features.Delivery;
using Entente.Node.Instances;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Node.Web.Live;
using Microsoft.Extensions.Hosting;

namespace Entente.Node.Tests.Instances;

public sealed class InstanceBellTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_open_at_one_instance_hears_of_a_change_at_another()
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Postgres));
        await using var one = await StartAsync(store);
        await using var other = await StartAsync(store);
        var live = other.GetRequiredService<LiveEvents>();
        using var page = live.Subscribe(new HashSet<string> { LiveTopic.Node });
        string? heard = null;

        // Until the other instance listens, hints go by.
        await TestNode.WaitUntilAsync(() =>
        {
            one.GetRequiredService<LiveEvents>().Publish(LiveTopic.Node, "inbox");
            return Task.FromResult(page.Parts.Reader.TryRead(out heard));
        });

        heard.ShouldBe("inbox");
    }

    [Fact]
    public async Task Message_queued_at_one_instance_wakes_the_courier_of_another()
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Postgres));
        await using var one = await StartAsync(store);
        await using var other = await StartAsync(store);
        var bell = other.GetRequiredService<CourierSignals>().For("es.interior");

        await TestNode.WaitUntilAsync(async () =>
        {
            one.GetRequiredService<CourierSignals>().Wake("es.interior", urgent: false);
            return await WokenAsync(bell);
        });
    }

    private static async Task<bool> WokenAsync(CourierSignal bell)
    {
        var began = TimeProvider.System.GetTimestamp();
        await bell.WorkAsync(TimeSpan.FromSeconds(1), Cancellation);
        return TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(0.9);
    }

    private static async Task<ServiceProvider> StartAsync(TestStore store)
    {
        var services = store.Services();
        foreach (var part in services.GetServices<IHostedService>().Where(s => s is InstanceBell or InstanceNews))
        {
            await part.StartAsync(Cancellation);
        }

        return services;
    }
}
