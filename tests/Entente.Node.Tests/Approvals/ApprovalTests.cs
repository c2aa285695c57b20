using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Approvals;

/// <summary>Four eyes, in time, and never one's own.</summary>
public sealed class ApprovalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Grant_carries_it_out_once_and_is_ledgered(string engine)
    {
        await using var room = await Room.OpenAsync(engine);
        var id = await room.AskAsync(Room.Anne, Role.Supervisor);

        (await room.DecideAsync(Room.Bruno, id)).ShouldBeNull();

        room.Kind.Done.ShouldBe(["granted:data"]);
        (await room.DecideAsync(Room.Bruno, id)).ShouldBeOfType<ApprovalSettled>();
        (await room.LedgerAsync()).ShouldBe(["asked:send", "granted:send"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Requester_never_decides_nor_does_a_delegate_of_theirs(string engine)
    {
        await using var room = await Room.OpenAsync(engine);
        await room.LendAsync(Room.Bruno, Room.Chloe.Login);
        var id = await room.AskAsync(Room.Bruno, Role.Supervisor);

        (await room.DecideAsync(Room.Bruno, id)).ShouldBeOfType<NotTheirsToDecide>();
        (await room.DecideAsync(Room.Chloe, id)).ShouldBeOfType<NotTheirsToDecide>();
        room.Kind.Done.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Power_does_not_come_round_to_the_requester(string engine)
    {
        await using var room = await Room.OpenAsync(engine);
        await room.LendAsync(Room.Bruno, Room.Anne.Login);
        var id = await room.AskAsync(Room.Anne, Role.Supervisor);

        (await room.DecideAsync(Room.Anne, id)).ShouldBeOfType<NotTheirsToDecide>();
        (await room.LendAsync(Room.Anne, Room.Chloe.Login)).ShouldBeOfType<DelegationImpossible>();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Delegate_decides_in_the_lender_s_name_until_it_ends(string engine)
    {
        await using var room = await Room.OpenAsync(engine);
        await room.LendAsync(Room.Bruno, Room.Chloe.Login);
        var first = await room.AskAsync(Room.Anne, Role.Supervisor);
        var second = await room.AskAsync(Room.Anne, Role.Supervisor);

        (await room.DecideAsync(Room.Chloe, first)).ShouldBeNull();
        var file = await room.Get<ApprovalBook>().OpenAsync(Room.Anne, first, Cancellation);
        file!.Voices.Single().OnBehalf.ShouldBe(Room.Bruno.Login);

        var lent = (await room.Get<DelegationDesk>().OfAsync(Room.Bruno, Cancellation)).Single();
        await room.Get<DelegationDesk>().RevokeAsync(Room.Bruno, lent.Id, Cancellation);
        (await room.DecideAsync(Room.Chloe, second)).ShouldBeOfType<NotTheirsToDecide>();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Substitute_decides_only_once_half_of_the_time_has_passed(string engine)
    {
        await using var room = await Room.OpenAsync(engine);
        await room.LendAsync(Room.Bruno, Room.Chloe.Login, asSubstitute: true);
        var id = await room.AskAsync(Room.Anne, Role.Supervisor);

        (await room.DecideAsync(Room.Chloe, id)).ShouldBeOfType<NotTheirsToDecide>();
        room.Clock.Advance(TimeSpan.FromHours(4));

        (await room.DecideAsync(Room.Chloe, id)).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Silence_grants_nothing(string engine)
    {
        await using var room = await Room.OpenAsync(engine);
        var id = await room.AskAsync(Room.Anne, Role.Supervisor);
        room.Clock.Advance(TimeSpan.FromHours(9));

        (await room.DecideAsync(Room.Bruno, id)).ShouldBeOfType<ApprovalSettled>();

        room.Kind.Done.ShouldBe(["ended"]);
        (await room.LedgerAsync())[^1].ShouldBe("lapsed:send");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Every_role_asked_for_is_heard_before_it_is_granted(string engine)
    {
        await using var room = await Room.OpenAsync(engine);
        var id = await room.AskAsync(Room.Anne, Role.Supervisor, Role.Protection);

        (await room.DecideAsync(Room.Bruno, id)).ShouldBeNull();
        room.Kind.Done.ShouldBeEmpty();
        (await room.DecideAsync(Room.Dora, id)).ShouldBeNull();

        room.Kind.Done.ShouldBe(["granted:data"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Refusal_needs_a_reason_and_ends_it(string engine)
    {
        await using var room = await Room.OpenAsync(engine);
        var id = await room.AskAsync(Room.Anne, Role.Supervisor);
        var desk = room.Get<ApprovalDesk>();

        (await desk.DecideAsync(Room.Bruno, id, grant: false, " ", Cancellation)).ShouldBeOfType<ReasonMissing>();
        (await desk.DecideAsync(Room.Bruno, id, grant: false, "Non", Cancellation)).ShouldBeNull();

        room.Kind.Done.ShouldBe(["ended"]);
        (await room.LedgerAsync())[^1].ShouldBe("refused:send");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_may_no_longer_be_done_is_not_granted(string engine)
    {
        await using var room = await Room.OpenAsync(engine);
        var id = await room.AskAsync(Room.Anne, Role.Supervisor);
        room.Kind.Obstacle = "refused:h2";

        (await room.DecideAsync(Room.Bruno, id)).ShouldBe(new NoLongerPossible("refused:h2"));
        room.Kind.Done.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Who_is_not_cleared_for_it_neither_decides_nor_reads_it(string engine)
    {
        await using var room = await Room.OpenAsync(engine);
        var id = await room.AskAsync(Room.Anne, Role.Supervisor);
        var low = Room.Bruno with { Clearance = 0 };

        (await room.DecideAsync(low, id)).ShouldBeOfType<NotTheirsToDecide>();
        (await room.Get<ApprovalBook>().OpenAsync(low, id, Cancellation)).ShouldBeNull();
        (await room.Get<ApprovalBook>().QueueAsync(low, Cancellation)).ShouldBeEmpty();
        (await room.Get<ApprovalBook>().QueueAsync(Room.Bruno, Cancellation)).Count.ShouldBe(1);
    }
}
