using System.Data.Common;
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
            await SendAsync(rabat, there);
            leaving.AddRange(there);
            coming.AddRange(back);
            await Task.Delay(100, Cancellation);
        }

        await TestNode.WaitUntilAsync(async () => await rabat.CountWaitingAsync() == 0, StartingIsSlow);
        await TestNode.WaitUntilAsync(
            async () => (await rabat.ListAsync(MessageDirection.In)).Count == coming.Count,
            StartingIsSlow
        );
        Once(await madrid.ReceivedAsync(), leaving);
        Once([.. (await rabat.ListAsync(MessageDirection.In)).OrderBy(m => m.Seq)], coming);
        var (report, _) = await NodeVerification.RunAsync(rabat.Home, _ => Advance.None, Cancellation);
        report.Problems.ShouldBeEmpty();
    }

    /// <summary>As an officer does: who was not told 'sent' looks whether it is, and sends again if not.</summary>
    private static async Task SendAsync(InstancesNode node, List<Message> messages)
    {
        await TestNode.WaitUntilAsync(
            async () =>
            {
                try
                {
                    if (await node.FindAsync(messages[0]) is null)
                    {
                        await node.SendAsync(messages);
                    }

                    return true;
                }
                catch (DbException)
                {
                    return false;
                }
            },
            StartingIsSlow
        );
    }

    private static void Once(IReadOnlyList<StoredMessage> received, List<Message> sent)
    {
        received.Select(m => m.Id).ShouldBe(sent.Select(m => m.Id.ToString()));
        received.Select(m => m.Seq!.Value).ShouldBe(Enumerable.Range(1, sent.Count).Select(i => (long)i)); // Received: numbered.
    }
}
