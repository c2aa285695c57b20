using Entente.Node.Features.Delivery;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Delivery;

public sealed class KillTests
{
    private static readonly TimeSpan StartingIsSlow = TimeSpan.FromMinutes(1.5);

    [Fact]
    public async Task Nodes_killed_at_any_moment_lose_nothing_and_repeat_nothing()
    {
        await using var rabat = await ProcessNode.CreateAsync("ma.interieur");
        await using var madrid = await ProcessNode.CreateAsync("es.interior");
        await rabat.Services.LinkAsync(await madrid.Services.CardAsync());
        await madrid.Services.LinkAsync(await rabat.Services.CardAsync());
        var chance = new Chance(7);
        List<Message> sent = [];
        rabat.Start();
        madrid.Start();

        for (var round = 0; round < 4; round++)
        {
            var before = await madrid.CountReceivedAsync();
            List<Message> batch = [.. Enumerable.Range(0, 300).Select(_ => TestMessages.Request())];
            await rabat.SendAllAsync(batch);
            sent.AddRange(batch);
            // The first envelope of the batch is with Madrid, its receipt perhaps not yet with Rabat.
            await TestNode.WaitUntilAsync(async () => await madrid.CountReceivedAsync() > before, StartingIsSlow);
            await Task.Delay(chance.Next(0, 40), TestContext.Current.CancellationToken);
            var victim = round % 2 == 0 ? madrid : rabat;
            await victim.KillAsync();
            victim.Start();
        }

        await TestNode.WaitUntilAsync(async () => await rabat.CountWaitingAsync() == 0, StartingIsSlow);
        var received = (await madrid.ListAsync(MessageDirection.In)).OrderBy(m => m.Seq).ToList();
        received.Select(m => m.Id).SequenceEqual(sent.Select(m => m.Id.ToString())).ShouldBeTrue();
        received
            .Select(m => m.Seq!.Value)
            .SequenceEqual(Enumerable.Range(1, sent.Count).Select(i => (long)i))
            .ShouldBeTrue();
    }
}
