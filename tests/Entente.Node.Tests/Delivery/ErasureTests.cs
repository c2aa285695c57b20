using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Node.Verification;
using Entente.Protocol;

namespace Entente.Node.Tests.Delivery;

public sealed class ErasureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Old_contents_are_gone_and_everything_about_them_still_holds(string engine)
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        var messages = Enumerable.Range(0, MessageErasure.Few + 30).Select(_ => TestMessages.Request()).ToList();
        await pair.Rabat.SendAllAsync(messages);
        await pair.Rabat.WaitAsync(messages[^1], MessageState.Delivered);

        (await EraseAsync(pair.Rabat, TimeProvider.System.GetUtcNow().AddMinutes(1))).ShouldBe(messages.Count);

        (await pair.Rabat.Messages.OpenAsync(messages[7].Id.ToString(), Cancellation)).ShouldBeNull();
        (await pair.Rabat.FindAsync(messages[7])).ShouldNotBeNull();
        (await LeavesAsync(pair.Rabat, messages[7])).ShouldBe(["disclose", "erase"]);
        var (report, _) = await NodeVerification.RunAsync(pair.Rabat.Home, _ => Advance.None, Cancellation);
        report.Problems.ShouldBeEmpty();
        report.Checked["messages erased"].ShouldBe(messages.Count);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Message_is_erased_once_and_neither_a_later_one_nor_one_without_receipt(string engine)
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        var old = TestMessages.Request();
        await pair.Rabat.SendAsync(old);
        await pair.Rabat.WaitAsync(old, MessageState.Delivered);
        await Task.Delay(5, Cancellation);
        var between = TimeProvider.System.GetUtcNow();
        await Task.Delay(5, Cancellation);
        var later = TestMessages.Request();
        await pair.Rabat.SendAsync(later);
        await pair.Rabat.WaitAsync(later, MessageState.Delivered);
        await pair.Madrid.StopAsync();
        var waiting = TestMessages.Request();
        await pair.Rabat.SendAsync(waiting);

        (await EraseAsync(pair.Rabat, between)).ShouldBe(1);
        (await EraseAsync(pair.Rabat, between)).ShouldBe(0);
        (await EraseAsync(pair.Rabat, TimeProvider.System.GetUtcNow().AddMinutes(1))).ShouldBe(1);

        (await pair.Rabat.Messages.OpenAsync(waiting.Id.ToString(), Cancellation)).ShouldNotBeNull();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Named_message_is_erased_with_the_decision_and_its_neighbour_stays(string engine)
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        Message[] messages = [TestMessages.Request(), TestMessages.Request()];
        await pair.Rabat.SendAllAsync(messages);
        await pair.Rabat.WaitAsync(messages[1], MessageState.Delivered);
        var erasure = pair.Rabat.Services.GetRequiredService<MessageErasure>();
        string[] ids = [messages[0].Id.ToString()];

        (await EraseAsync()).ShouldBe(ids);
        (await EraseAsync()).ShouldBeEmpty();

        (await pair.Rabat.Messages.OpenAsync(ids[0], Cancellation)).ShouldBeNull();
        (await pair.Rabat.Messages.OpenAsync(messages[1].Id.ToString(), Cancellation)).ShouldNotBeNull();
        (await LeavesAsync(pair.Rabat, messages[0])).ShouldBe(["disclose", "erase"]);

        Task<IReadOnlyList<string>> EraseAsync() =>
            pair.Rabat.Database.WriteAsync(
                t => erasure.EraseAsync(t, ids, "recall", "officier", Cancellation),
                Cancellation
            );
    }

    private static Task<long> EraseAsync(TestNode node, DateTimeOffset before) =>
        node
            .Services.GetRequiredService<MessageErasure>()
            .EraseAsync(DateTimeOffset.UnixEpoch, before, "retention", _ => { }, Cancellation);

    private static Task<IReadOnlyList<string>> LeavesAsync(TestNode node, Message message)
    {
        const string sql = "SELECT action FROM ledger_leaf WHERE object = @Object ORDER BY idx";
        return node.Database.ReadAsync(
            c => Queries.ListAsync<string>(c, sql, new { Object = $"message:{message.Id}" }, Cancellation),
            Cancellation
        );
    }
}
