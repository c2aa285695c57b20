using Entente.Node.Features.Delivery;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Delivery;

public sealed class DeliveryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Message_is_delivered_once_and_both_sides_name_the_same_time(string engine)
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        var message = TestMessages.Request();

        await pair.Rabat.SendAsync(message);

        var sent = await pair.Rabat.WaitAsync(message, MessageState.Delivered);
        var received = (await pair.Madrid.FindAsync(message))!;
        received.State.ShouldBe(MessageState.Received);
        received.Delivered.ShouldBe(sent.Delivered);
        received.LineSha256.ShouldBe(sent.LineSha256);
        sent.Seq.ShouldBe(1);
        (await pair.Madrid.Messages.ListAsync(MessageDirection.In, null, 10, Cancellation)).Count.ShouldBe(1);
        var opened = await pair.Madrid.Messages.OpenAsync(received.Id, Cancellation);
        opened!.Message.Subject.ShouldBe(message.Subject);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Messages_keep_their_order_through_many_envelopes(string engine)
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        var messages = Enumerable.Range(0, 300).Select(_ => TestMessages.Request()).ToList();

        await pair.Rabat.SendAllAsync(messages);

        await pair.Rabat.WaitAsync(messages[^1], MessageState.Delivered);
        var received = await pair.Madrid.ReceivedAsync();
        received.Select(m => m.Id).SequenceEqual(messages.Select(m => m.Id.ToString())).ShouldBeTrue();
        received.Select(m => m.Seq!.Value).SequenceEqual(Enumerable.Range(1, 300).Select(i => (long)i)).ShouldBeTrue();
    }
}
