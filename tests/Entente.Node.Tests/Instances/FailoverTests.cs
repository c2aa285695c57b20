using Entente.Node.Features.Delivery;
using Entente.Node.Tests.Support;
using Entente.Node.Verification;
using Entente.Protocol;

namespace Entente.Node.Tests.Instances;

public sealed class FailoverTests
{
    private static readonly TimeSpan StartingIsSlow = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Standby_promoted_while_messages_flow_has_everything_that_was_sent_or_receipted()
    {
        await using var postgres = await ReplicatedPostgres.StartAsync();
        await using var rabat = await InstancesNode.CreateAsync("ma.interieur", 2, postgres.ConnectionString);
        await using var madrid = await TestNode.StartAsync("es.interior");
        await rabat.Services.LinkAsync(await madrid.Services.CardAsync());
        await madrid.Services.LinkAsync(await rabat.Services.CardAsync());
        rabat.Start(0);
        rabat.Start(1);
        await TestNode.WaitUntilAsync(() => rabat.IsReadyAsync(0), StartingIsSlow);

        var (leaving, coming) = (new List<Message>(), new List<Message>());
        for (var batch = 0; batch < 20; batch++)
        {
            if (batch == 8)
            {
                await postgres.FailOverAsync();
            }

            List<Message> there = [.. Enumerable.Range(0, 10).Select(_ => TestMessages.Request())];
            List<Message> back =
            [
                .. Enumerable.Range(0, 10).Select(_ => TestMessages.Request("es.interior", "ma.interieur")),
            ];
            await madrid.SendAllAsync(back);
            await rabat.SendPatientlyAsync(there, StartingIsSlow);
            leaving.AddRange(there);
            coming.AddRange(back);
            await Task.Delay(100, Cancellation);
        }

        await TestNode.WaitUntilAsync(async () => await rabat.CountWaitingAsync() == 0, StartingIsSlow);
        await TestNode.WaitUntilAsync(
            async () => (await rabat.ListAsync(MessageDirection.In)).Count == coming.Count,
            StartingIsSlow
        );
        (await madrid.ReceivedAsync()).ShouldHold(leaving);
        (await rabat.ListAsync(MessageDirection.In)).ShouldHold(coming);
        var (report, _) = await NodeVerification.RunAsync(rabat.Home, _ => Advance.None, Cancellation);
        report.Problems.ShouldBeEmpty();
    }
}
