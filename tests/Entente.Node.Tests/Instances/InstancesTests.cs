using Entente.Node.Features.Delivery;
using Entente.Node.Tests.Support;
using Entente.Node.Verification;
using Entente.Protocol;

namespace Entente.Node.Tests.Instances;

public sealed class InstancesTests
{
    private static readonly TimeSpan StartingIsSlow = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Instances_killed_while_messages_flow_lose_nothing_repeat_nothing_and_keep_one_ledger()
    {
        await using var rabat = await InstancesNode.CreateAsync("ma.interieur", instances: 3);
        await using var madrid = await TestNode.StartAsync("es.interior");
        await rabat.Services.LinkAsync(await madrid.Services.CardAsync());
        await madrid.Services.LinkAsync(await rabat.Services.CardAsync());
        await StartAllAsync(rabat);

        var flow = FlowAsync(rabat, madrid, batches: 40);
        for (var round = 0; round < 3; round++)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), Cancellation);
            await rabat.KillAsync(round);
            await Task.Delay(TimeSpan.FromSeconds(1), Cancellation);
            rabat.Start(round);
        }

        var (out1, in1) = await flow;
        await TestNode.WaitUntilAsync(async () => await rabat.CountWaitingAsync() == 0, StartingIsSlow);
        await TestNode.WaitUntilAsync(
            async () => (await rabat.ListAsync(MessageDirection.In)).Count == in1.Count,
            StartingIsSlow
        );
        (await madrid.ReceivedAsync()).ShouldHold(out1);
        (await rabat.ListAsync(MessageDirection.In)).ShouldHold(in1);
        var (report, _) = await NodeVerification.RunAsync(rabat.Home, _ => Advance.None, Cancellation);
        report.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Link_is_served_by_another_instance_soon_after_its_own_died()
    {
        await using var rabat = await InstancesNode.CreateAsync("ma.interieur", instances: 2);
        await using var madrid = await TestNode.StartAsync("es.interior");
        await rabat.Services.LinkAsync(await madrid.Services.CardAsync());
        await madrid.Services.LinkAsync(await rabat.Services.CardAsync());
        rabat.Start(0);
        await TestNode.WaitUntilAsync(async () => (await rabat.ServingAsync()).Count == 1, StartingIsSlow);
        var first = (await rabat.ServingAsync()).Single();
        rabat.Start(1);
        await TestNode.WaitUntilAsync(() => rabat.IsReadyAsync(1), StartingIsSlow);

        await rabat.KillAsync(0);
        var message = TestMessages.Request();
        await rabat.SendAsync([message]);

        await TestNode.WaitUntilAsync(async () => await rabat.CountWaitingAsync() == 0, LinkShare.Lease * 4);
        (await rabat.ServingAsync()).Single().ShouldNotBe(first);
        (await madrid.FindAsync(message)).ShouldNotBeNull();
    }

    private static async Task StartAllAsync(InstancesNode node)
    {
        for (var i = 0; i < node.Count; i++)
        {
            node.Start(i);
        }

        for (var i = 0; i < node.Count; i++)
        {
            var instance = i;
            await TestNode.WaitUntilAsync(() => node.IsReadyAsync(instance), StartingIsSlow);
        }
    }

    /// <summary>Both ways, ten at a time, a little faster than one by one.</summary>
    private static async Task<(List<Message> Out, List<Message> In)> FlowAsync(
        InstancesNode rabat,
        TestNode madrid,
        int batches
    )
    {
        var (leaving, coming) = (new List<Message>(), new List<Message>());
        for (var i = 0; i < batches; i++)
        {
            List<Message> there = [.. Enumerable.Range(0, 10).Select(_ => TestMessages.Request())];
            List<Message> back =
            [
                .. Enumerable.Range(0, 10).Select(_ => TestMessages.Request("es.interior", "ma.interieur")),
            ];
            await rabat.SendAsync(there);
            await madrid.SendAllAsync(back);
            leaving.AddRange(there);
            coming.AddRange(back);
            await Task.Delay(250, Cancellation);
        }

        return (leaving, coming);
    }
}
