using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Protocol;

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
        (await pair.Madrid.Database.MessagesAsync(MessageDirection.In, Cancellation)).Count.ShouldBe(1);
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

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Suspended_link_keeps_what_waits_and_delivers_it_when_resumed(string engine)
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        await pair.Rabat.Ceremony.SuspendAsync("es.interior", "essai", "securite-1", Cancellation);
        var message = TestMessages.Request();
        await pair.Rabat.SendAsync(message);
        await Task.Delay(300, Cancellation);
        (await pair.Rabat.FindAsync(message))!.State.ShouldBe(MessageState.Queued);

        await pair.Rabat.Ceremony.ResumeAsync("es.interior", "essai fini", "securite-1", Cancellation);

        await pair.Rabat.WaitAsync(message, MessageState.Delivered);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Receipt_tells_of_contact_clock_and_certificate(string engine)
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        var message = TestMessages.Request();
        await pair.Rabat.SendAsync(message);
        await pair.Rabat.WaitAsync(message, MessageState.Delivered);

        var link = (await pair.Rabat.Services.GetRequiredService<LinkHealth>().ListAsync(Cancellation)).Single();

        link.Failures.ShouldBe(0);
        link.Waiting.ShouldBe(0);
        link.ContactAt.ShouldNotBeNull();
        Math.Abs(link.SkewMs!.Value).ShouldBeLessThan(5_000);
        link.CertificateExpires!.Value.ShouldBeGreaterThan(link.ContactAt.Value.AddDays(700));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Watcher_is_told_of_delivery_and_of_rejection(string engine)
    {
        var told = new Told();
        await using var pair = await TestPair.LinkedAsync(
            engine,
            inMadrid: services => services.AddSingleton<IReception, RefuseAlerts>(),
            inRabat: services => services.AddSingleton<IDeliveryWatcher>(told)
        );
        var (taken, refused) = (TestMessages.Request(), TestMessages.Request() with { Kind = Kinds.Alert });
        await pair.Rabat.SendAllAsync([taken, refused]);

        var rejected = await pair.Rabat.WaitAsync(refused, MessageState.Rejected);

        rejected.Reason.ShouldBe("policy");
        told.Of.ShouldBe([(taken.Id.ToString(), null), (refused.Id.ToString(), "policy")], ignoreOrder: true);
        (await pair.Madrid.FindAsync(refused)).ShouldBeNull();
    }

    private sealed class Told : IDeliveryWatcher
    {
        public List<(string Id, string? Reason)> Of { get; } = [];

        public Task DeliveredAsync(
            Transaction transaction,
            IReadOnlyList<DeliveredMessage> messages,
            CancellationToken cancellation
        )
        {
            Of.AddRange(messages.Select(m => (m.Id, m.RejectedReason)));
            return Task.CompletedTask;
        }
    }

    private sealed class RefuseAlerts : IReception
    {
        public Task AcceptAsync(
            Transaction t,
            IReadOnlyList<IncomingMessage> messages,
            DateTimeOffset at,
            CancellationToken cancellation
        )
        {
            foreach (var m in messages.Where(m => m.Message.Kind == Kinds.Alert))
            {
                m.Refusal = "policy";
            }

            return Task.CompletedTask;
        }
    }
}
