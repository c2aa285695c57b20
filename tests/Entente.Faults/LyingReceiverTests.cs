using Entente.Faults.Lies;
using Entente.Node.Features.Audit;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Protocol;

[assembly: AssemblyFixture(typeof(Victim))]

namespace Entente.Faults;

/// <summary>
/// Every way to lie about what was received: the node believes none, keeps the message, tells its officers, and goes on
/// with the others.
/// </summary>
public sealed class WrongReceiptTests(Victim victim)
{
    public static TheoryData<string> Stories => [.. Lies.Stories.Receipts.Keys, Lies.Stories.AnotherKey];

    [Theory, MemberData(nameof(Stories))]
    public async Task Receipt_that_is_wrong_is_not_believed_and_raises_the_alarm(string story)
    {
        var liar = victim.Liar(story);
        await victim.AlarmedAsync(liar, AlarmKind.ReceiptInvalid);
        await victim.WaitAsync(victim.First(story), MessageState.Sealed);

        (liar.Twist, liar.SignsWithAnother) = (receipt => receipt, false);

        await victim.WaitAsync(victim.First(story), MessageState.Delivered);
    }
}

public sealed class NoReceiptTests(Victim victim)
{
    public static TheoryData<string> Stories => [.. Lies.Stories.Answers.Keys];

    [Theory, MemberData(nameof(Stories))]
    public async Task Answer_that_is_no_receipt_costs_time_and_nothing_else(string story)
    {
        var liar = victim.Liar(story);
        await TestNode.WaitUntilAsync(() => Task.FromResult(liar.Asked > 0), TimeSpan.FromSeconds(60));
        await victim.WaitAsync(victim.First(Lies.Stories.Honest), MessageState.Delivered);
        await victim.WaitAsync(victim.First(story), MessageState.Sealed);

        liar.Instead = null;

        await victim.WaitAsync(victim.First(story), MessageState.Delivered);
    }
}

/// <summary>The node is its partners' witness.</summary>
public sealed class FalseLedgerTests(Victim victim)
{
    [Fact]
    public async Task Ledger_that_has_shrunk_raises_the_alarm()
    {
        var liar = await ReceiptedAsync(Stories.Shrunk);

        liar.Leaves.RemoveRange(5, liar.Leaves.Count - 5);
        await victim.SendAsync(liar);

        await victim.AlarmedAsync(liar, AlarmKind.LedgerShrunk);
    }

    [Fact]
    public async Task Ledger_of_the_same_size_with_another_root_raises_the_alarm()
    {
        var liar = await ReceiptedAsync(Stories.Rewritten);

        liar.Leaves.RemoveAt(0);
        await victim.SendAsync(liar);

        await victim.AlarmedAsync(liar, AlarmKind.LedgerRewritten);
    }

    [Fact]
    public async Task Ledger_that_grew_out_of_another_past_is_found_out_by_the_proof_it_cannot_give()
    {
        var liar = await ReceiptedAsync(Stories.GrownFromAnother);

        liar.Leaves[3] = Hash.OfText("rewritten");
        await victim.SendAsync(liar);

        await victim.AlarmedAsync(liar, AlarmKind.LedgerRewritten);
    }

    [Fact]
    public async Task Partner_that_says_fork_stops_the_link_on_this_side_too()
    {
        var liar = await ReceiptedAsync(Stories.Fork);
        liar.Instead = context => Stories.ProblemAsync(context, """{"reason":"fork"}""");

        await victim.SendAsync(liar);

        await victim.AlarmedAsync(liar, AlarmKind.LinkFork);
        await victim.StandsAsync(liar, LinkState.Suspended);
    }

    [Fact]
    public async Task Partner_that_asks_for_what_it_had_receipted_has_lost_it_and_the_alarm_says_so()
    {
        var liar = await ReceiptedAsync(Stories.Gap);
        liar.Instead = context => Stories.ProblemAsync(context, """{"reason":"gap","expected":1}""");

        await victim.SendAsync(liar);

        await victim.AlarmedAsync(liar, AlarmKind.LinkGap);
    }

    private async Task<Liar> ReceiptedAsync(string story)
    {
        await victim.WaitAsync(victim.First(story), MessageState.Delivered);
        return victim.Liar(story);
    }
}
