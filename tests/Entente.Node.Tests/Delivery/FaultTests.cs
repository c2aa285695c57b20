using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Delivery;

public sealed class FaultTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Envelope_sealed_before_a_restart_is_delivered_after_it(string engine)
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        await pair.Madrid.StopAsync();
        var message = TestMessages.Request();
        await pair.Rabat.SendAsync(message);
        await pair.Rabat.WaitAsync(message, MessageState.Sealed);

        await pair.Rabat.RestartAsync();
        await pair.Madrid.StartAsync();

        await pair.Rabat.WaitAsync(message, MessageState.Delivered);
        (await pair.Madrid.ReceivedAsync()).Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Answer_lost_on_the_way_back_is_given_again_and_names_the_same_time(string engine)
    {
        await using var pair = await TestPair.WiredAsync(engine);
        pair.Wire.LosesAnswers = true;
        var message = TestMessages.Request();
        await pair.Rabat.SendAsync(message);
        await TestNode.WaitUntilAsync(async () => (await pair.Madrid.ReceivedAsync()).Count == 1);
        var received = (await pair.Madrid.FindAsync(message))!;
        (await pair.Rabat.FindAsync(message))!.State.ShouldBe(MessageState.Sealed);

        pair.Wire.LosesAnswers = false;

        var sent = await pair.Rabat.WaitAsync(message, MessageState.Delivered);
        sent.Delivered.ShouldBe(received.Delivered);
        (await pair.Madrid.ReceivedAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Urgent_message_overtakes_what_is_not_yet_sealed()
    {
        await using var pair = await TestPair.LinkedAsync();
        await pair.Madrid.StopAsync();
        var (first, routine, urgent) = (TestMessages.Request(), TestMessages.Request(), TestMessages.Request());
        await pair.Rabat.SendAsync(first);
        await pair.Rabat.WaitAsync(first, MessageState.Sealed);
        await pair.Rabat.SendAsync(routine, priority: 2);
        await pair.Rabat.SendAsync(urgent, priority: 0);

        await pair.Madrid.StartAsync();

        await pair.Rabat.WaitAsync(routine, MessageState.Delivered);
        var order = (await pair.Madrid.ReceivedAsync()).Select(m => m.Id);
        order.ShouldBe([first.Id.ToString(), urgent.Id.ToString(), routine.Id.ToString()]);
    }

    [Theory, InlineData(1), InlineData(2)]
    public async Task Random_faults_never_lose_and_never_repeat_a_message(ulong seed)
    {
        await using var pair = await TestPair.WiredAsync();
        var chance = new Chance(seed);
        var sent = new List<Message>();
        for (var round = 0; round < 12; round++)
        {
            List<Message> batch = [.. Enumerable.Range(0, chance.Next(1, 30)).Select(_ => TestMessages.Request())];
            await pair.Rabat.SendAllAsync(batch);
            sent.AddRange(batch);
            await FaultAsync(pair, chance.Next(0, 5));
            await Task.Delay(chance.Next(0, 150), TestContext.Current.CancellationToken);
            (pair.Wire.LosesAnswers, pair.Wire.IsDown) = (false, false);
        }

        await pair.Rabat.WaitAsync(sent[^1], MessageState.Delivered);
        var received = await pair.Madrid.ReceivedAsync();
        received.Select(m => m.Id).SequenceEqual(sent.Select(m => m.Id.ToString())).ShouldBeTrue();
        received
            .Select(m => m.Seq!.Value)
            .SequenceEqual(Enumerable.Range(1, sent.Count).Select(i => (long)i))
            .ShouldBeTrue();
    }

    private static Task FaultAsync(TestPair pair, int kind)
    {
        switch (kind)
        {
            case 0:
                return pair.Rabat.RestartAsync();
            case 1:
                return pair.Madrid.RestartAsync();
            case 2:
                pair.Wire.LosesAnswers = true;
                return Task.CompletedTask;
            case 3:
                pair.Wire.IsDown = true;
                return Task.CompletedTask;
            default:
                return Task.CompletedTask;
        }
    }
}
