using Entente.Node.Features.Exchange;
using Entente.Node.Features.Exchange.Duplicates;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Exchange;

public sealed class TwinTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Request_about_the_same_subject_within_a_month_is_offered_and_linked_but_not_merged(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (_, madrid, time) = pair;
        var first = await pair.AskedAsync(About("TEST-0042"));
        time.Advance(TimeSpan.FromDays(3));
        await pair.AskedAsync(About("TEST-0099"));
        var again = await pair.AskedAsync(About("test 0042"));
        var twins = madrid.Get<Twins>();

        var offered = (await twins.OfCaseAsync(again.Case, Cancellation)).Single();
        offered.OtherId.ShouldBe(first.Message);
        offered.State.ShouldBe("offered");
        var rows = (await madrid.RowAsync(again.Message), await madrid.RowAsync(first.Message));
        (await twins.DecideAsync(madrid.Officer, rows, same: true, Cancellation)).ShouldBeTrue();

        (await twins.OfCaseAsync(first.Case, Cancellation)).Single().State.ShouldBe("linked");
        (await madrid.LedgerAsync("combine")).ShouldBe([$"linked:{first.Message}"]);
        (await madrid.RowAsync(again.Message)).CaseId.ShouldBe(again.Case);
        (await madrid.RowAsync(again.Message)).Due.ShouldNotBe((await madrid.RowAsync(first.Message)).Due);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Neither_an_old_request_nor_one_that_was_dismissed_is_offered(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (_, madrid, time) = pair;
        await pair.AskedAsync(About("TEST-0042"));
        time.Advance(TimeSpan.FromDays(40));
        var later = await pair.AskedAsync(About("TEST-0042"));
        var twins = madrid.Get<Twins>();
        (await twins.OfCaseAsync(later.Case, Cancellation)).ShouldBeEmpty();

        var last = await pair.AskedAsync(About("TEST-0042"));
        var rows = (await madrid.RowAsync(last.Message), await madrid.RowAsync(later.Message));
        await twins.DecideAsync(madrid.Officer, rows, same: false, Cancellation);

        (await twins.OfCaseAsync(last.Case, Cancellation)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Other_channels_go_along_with_the_request(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var draft = Drafts.Request() with { Channels = ["siena", "mla"], ChannelReference = "S-0000" };

        var sent = await pair.AskedAsync(draft);

        var received = await pair.Madrid.Get<CaseBook>().ReceivedAsync(pair.Madrid.Officer, sent.Message, Cancellation);
        var body = received!.Message.AsRequest().Value!; // Handed over above.
        body.Texts(WireMembers.Channels).ShouldBe(["siena", "mla"]);
        body.Text(WireMembers.ChannelReference).ShouldBe("S-0000");
    }

    private static RequestDraft About(string plate) =>
        Drafts.Request() with
        {
            Subjects = [new SubjectDraft(SubjectType.Vehicle, plate)],
            Urgency = "other",
        };
}
