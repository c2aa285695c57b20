using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Delivery;

public sealed class OutboxTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Message_queued_is_kept_sealed_and_opens_again(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var other = await TestStore.CreateAsync(nameof(Engine.Sqlite), node: "es.interior");
        await using var rabat = store.Services();
        await using var madrid = other.Services();
        await rabat.LinkAsync(await madrid.CardAsync());
        var message = TestMessages.Request();

        await store.Database.WriteAsync(
            t => rabat.GetRequiredService<Outbox>().EnqueueAsync(t, message, 1, "officier", Cancellation),
            Cancellation
        );

        var messages = rabat.GetRequiredService<MessageStore>();
        var opened = await messages.OpenAsync(message.Id.ToString(), Cancellation);
        opened!.Stored.State.ShouldBe(MessageState.Queued);
        opened.Stored.Seq.ShouldBeNull();
        // As it is, with the terms of the link that it was judged by.
        (opened.Message.Id, opened.Message.Subject).ShouldBe((message.Id, message.Subject));
        (await messages.OpenCaseAsync(message.Case.ToString(), Cancellation)).Count.ShouldBe(1);
        (await store.Database.MessagesAsync(MessageDirection.Out, Cancellation)).Single().Id.ShouldBe(opened.Stored.Id);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Message_to_a_node_without_a_link_is_a_bug_of_the_caller(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var rabat = store.Services();

        await Should.ThrowAsync<ArgumentException>(() =>
            store.Database.WriteAsync(
                t => rabat.GetRequiredService<Outbox>().EnqueueAsync(t, TestMessages.Request(), 1, Cancellation),
                Cancellation
            )
        );
    }
}
