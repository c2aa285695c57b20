using System.Text;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Meetings;
using Entente.Node.Features.Record;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.JointTexts;

public sealed class MeetingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_date_countered_and_accepted_is_in_both_records_and_a_point_becomes_a_commitment(string engine)
    {
        await using var desks = await TwoDesks.OpenAsync(engine);
        var plan = new MeetingPlan
        {
            Date = "2027-03-04",
            Place = "Rabat",
            Sessions = ["plenary"],
            Agenda = [new AgendaItem("Bilan", "terrorism")],
        };
        var (id, refusal) = await Desk(desks.Rabat).ProposeAsync(TwoDesks.Desk, desks.Madrid.Id, plan, 0, Cancellation);
        refusal.ShouldBeNull();
        await desks.SettledAsync(id!, meeting => meeting.Title is not null);

        var other = plan with { Date = "2027-03-11" };
        (await Desk(desks.Madrid).AmendAsync(TwoDesks.Desk, id!, other, Cancellation)).ShouldBeNull();
        await desks.SettledAsync(id!, meeting => meeting.Title!.Current.By == desks.Madrid.Id);
        (await Desk(desks.Rabat).AcceptAsync(TwoDesks.Desk, id!, null, Cancellation)).ShouldBeNull();
        var promise = new Promise("training", "terrorism", "2027-12-31", "people-trained", 20);
        (
            await Desk(desks.Rabat).PointAsync(TwoDesks.Desk, id!, "Former vingt agents.", promise, Cancellation)
        ).ShouldBeNull();
        await desks.SettledAsync(id!, meeting => meeting.Clauses.Count == 1);
        (await Desk(desks.Madrid).AcceptAsync(TwoDesks.Desk, id!, null, Cancellation)).ShouldBeNull();
        await desks.SettledAsync(id!, meeting => meeting.Clauses[0].Settled);

        foreach (var node in new[] { desks.Rabat, desks.Madrid })
        {
            MeetingView? found = null;
            await TestNode.WaitUntilAsync(async () =>
                (found = await node.Services.GetRequiredService<MeetingBook>().FindAsync(id!, Cancellation))
                    is { Commitments.Count: 1 }
            );
            found!.Row.Date.ShouldBe("2027-03-11");
            found.Commitments[0].Due.ShouldBe("2027-12-31");
            found.Domains.ShouldBe(["terrorism"]);
        }
    }

    [Fact]
    public async Task A_feed_is_read_by_its_secret_address_until_it_is_revoked()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        var meeting = new PlannedMeeting
        {
            Id = "0197e000-0000-7000-8000-000000000001",
            Partner = "es.interior",
            Country = "ES",
            Kind = "meeting",
            Date = "2099-03-04",
            Time = "10:30",
            Minutes = 90,
            Place = "Rabat; salle 1",
            Sequence = 2,
        };
        await node.Database.WriteAsync(t => PlannedMeetings.SaveAsync(t, meeting, Cancellation), Cancellation);
        var page = await desk.GetAsync("/meetings", Cancellation);

        var opened = await desk.SubmitAsync(page, "open-feed", [], Cancellation);
        var address = opened.Document.QuerySelector("li .code")!.TextContent.Trim();
        using var calendar = new HttpClient();
        var file = await calendar.GetStringAsync(address, Cancellation);

        file.ShouldContain("\r\nDTSTART:20990304T103000\r\nDTEND:20990304T120000\r\n");
        file.ShouldContain("LOCATION:Rabat\\; salle 1");
        file.ShouldContain("SEQUENCE:2");
        file.Split("\r\n").ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75);
        var end = opened.Document.QuerySelector("form[action*='/end']")!.GetAttribute("action")!;
        await desk.SubmitAsync(opened, end, [], Cancellation);
        (await calendar.GetAsync(address, Cancellation)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    private static MeetingDesk Desk(TestNode node) => node.Services.GetRequiredService<MeetingDesk>();
}
