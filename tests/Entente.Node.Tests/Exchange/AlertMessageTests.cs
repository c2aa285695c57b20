using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Exchange.Deadlines;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Exchange;

public sealed class AlertMessageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Alert_alerts_the_unit_at_once_and_is_over_on_both_sides_when_taken(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (rabat, madrid, _) = pair;
        await pair.AskedAsync(Drafts.Request() with { Urgency = "urgent-direct" });
        var sent = await pair.AskedAsync(Drafts.Alert());

        var inbox = await madrid.Get<RequestLists>().InboxAsync(madrid.Officer, new ListFilter(), null, Cancellation);
        inbox.Requests[0].Row.Id.ShouldBe(sent.Message);
        (await madrid.Get<AlertBook>().OfAsync(madrid.Officer, null, Cancellation))
            .Alerts.Single()
            .Row.Id.ShouldBe(sent.Message);

        (await madrid.Get<CaseDesk>().TakeAsync(madrid.Officer, sent.Message, Cancellation)).ShouldBeTrue();
        await pair.SettleAsync();

        foreach (var bureau in new[] { rabat, madrid })
        {
            var row = await bureau.RowAsync(sent.Message);
            (row.State, row.Open).ShouldBe((RequestState.Taken, false));
        }

        (await madrid.Get<AlertBook>().OfAsync(madrid.Officer, null, Cancellation)).Alerts.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Alert_with_a_time_that_is_not_offered_is_put_right_before_it_leaves(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var draft = Drafts.Alert() with { Acknowledge = "3d" };

        var result = await pair.Rabat.Get<RequestDesk>().SendAsync(pair.Rabat.Officer, draft, Cancellation);

        result.ShouldBeOfType<SendResult.Faulty>().Errors.ShouldBe([new AcknowledgeUnknown()]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Both_sides_see_the_same_time_to_take_it_and_supervisors_are_alerted_at_half(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (rabat, madrid, time) = pair;
        var sent = await pair.AskedAsync(Drafts.Alert() with { Acknowledge = "4h" });
        var supervisor = madrid.Officer with
        {
            Unit = "direction",
            Roles = new HashSet<Role> { Role.Supervisor },
        };

        var received = (await madrid.RowAsync(sent.Message)).Received!.Value;
        (await madrid.RowAsync(sent.Message)).Due.ShouldBe(received.AddHours(4));
        (await rabat.RowAsync(sent.Message)).Due.ShouldBe(received.AddHours(4));

        (await madrid.Get<AlertBook>().OfAsync(supervisor, null, Cancellation)).Alerts.ShouldBeEmpty();
        time.Advance(TimeSpan.FromHours(2));
        (await madrid.Get<AlertBook>().OfAsync(supervisor, null, Cancellation)).Alerts.Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Sender_is_told_when_nobody_took_it_in_time_until_somebody_does(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (rabat, madrid, time) = pair;
        var sent = await pair.AskedAsync(Drafts.Alert());
        var elsewhere = rabat.Officer with { Unit = "ailleurs" };

        time.Advance(TimeSpan.FromMinutes(59));
        (await WaitingAsync(rabat)).ShouldBeEmpty();
        time.Advance(TimeSpan.FromMinutes(2));
        (await WaitingAsync(rabat)).ShouldBe([sent.Message]);
        (await WaitingAsync(rabat, elsewhere)).ShouldBeEmpty();
        (await rabat.Get<UnacknowledgedAlerts>().CountAsync(rabat.Officer, Cancellation)).ShouldBe(1);

        await madrid.Get<CaseDesk>().TakeAsync(madrid.Officer, sent.Message, Cancellation);
        await pair.SettleAsync();
        (await WaitingAsync(rabat)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Alert_that_cannot_be_delivered_is_noticed_too(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var sent = await ExchangeTests.SendAsync(pair.Rabat, Drafts.Alert());

        pair.Time.Advance(TimeSpan.FromHours(2));

        (await WaitingAsync(pair.Rabat)).ShouldBe([sent.Message]);
        (await pair.Rabat.RowAsync(sent.Message)).Received.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Code_of_a_time_that_is_not_known_is_the_shortest_and_no_reason_to_refuse(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);

        var sent = await ExchangeTests.SendAsync(pair.Rabat, Drafts.Alert());
        var opened = await pair.Rabat.Get<MessageStore>().OpenAsync(sent.Message, Cancellation);
        var body = JsonNode.Parse(opened!.Message.Body.GetRawText())!; // It was just sent.
        body["acknowledge"] = "a-fortnight"; // As a later version may say.
        var later = opened.Message with { Body = JsonSerializer.SerializeToElement(body) };

        await pair.Madrid.ReceiveAsync(later, pair.Madrid.Now);

        var row = await pair.Madrid.RowAsync(sent.Message);
        row.Due.ShouldBe(row.Received!.Value.AddMinutes(15));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Alert_without_words_is_a_fault_and_without_evaluation_refused(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var desk = pair.Rabat.Get<RequestDesk>();

        (
            await desk.SendAsync(pair.Rabat.Officer, Drafts.Alert() with { Text = " " }, Cancellation)
        ).ShouldBeOfType<SendResult.Faulty>();
        (
            await desk.SendAsync(pair.Rabat.Officer, Drafts.Alert() with { Accuracy = null }, Cancellation)
        ).ShouldBeOfType<SendResult.Refused>();
        (await pair.Rabat.CountAsync("message")).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Information_taken_in_charge_leaves_the_inbox(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var sent = await pair.AskedAsync(Drafts.Alert() with { Kind = Kinds.Information });

        await pair.Madrid.Get<CaseDesk>().TakeAsync(pair.Madrid.Officer, sent.Message, Cancellation);

        (await pair.Madrid.RowAsync(sent.Message)).Open.ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Alert_cannot_carry_on_what_its_originator_did_not_permit(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        await using var berlin = await Bureau.OpenAsync("de.bmi", engine);
        await pair.Rabat.LinkAsync(berlin);
        var given = await ExchangeTests.SendAsync(
            pair.Madrid,
            Drafts.Alert("ma.interieur") with
            {
                Handling = ["H2"],
                Safeguards = Drafts.Transfer,
            }
        );
        await pair.SettleAsync();
        var onward = Drafts.Forward(given.Message, "de.bmi") with { Kind = Kinds.Alert };

        (await pair.Rabat.Get<RequestDesk>().SendAsync(pair.Rabat.Officer, onward, Cancellation))
            .ShouldBeOfType<SendResult.Refused>()
            .Decision.Why.ShouldContain("originator");
    }

    private static async Task<IEnumerable<string>> WaitingAsync(Bureau bureau, Officer? officer = null) =>
        (await bureau.Get<UnacknowledgedAlerts>().OfAsync(officer ?? bureau.Officer, Cancellation)).Select(row =>
            row.Id
        );
}
