using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Briefing;
using Entente.Node.Features.Meetings;
using Entente.Node.Features.Record;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.JointTexts;

public sealed class MeetingTests
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        IncludeFields = true, // Tuples.
    };

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
    public async Task A_briefing_for_a_meeting_has_its_agenda_and_its_open_points_before_any_record()
    {
        await using var desks = await TwoDesks.OpenAsync("Sqlite");
        var plan = new MeetingPlan
        {
            Date = "2027-03-04",
            Place = "Rabat",
            Delegations = new Dictionary<string, IReadOnlyList<Envoy>>
            {
                [desks.Rabat.Id] = [new Envoy("Un directeur inventé", "service-head")],
            },
            Agenda = [new AgendaItem("Bilan des échanges", "terrorism")],
        };
        var (id, _) = await Desk(desks.Rabat).ProposeAsync(TwoDesks.Desk, desks.Madrid.Id, plan, 0, Cancellation);
        await Desk(desks.Rabat).PointAsync(TwoDesks.Desk, id!, "Former vingt agents.", null, Cancellation);
        await desks.SettledAsync(id!, meeting => meeting.Clauses.Count == 1);

        foreach (var (node, country) in new[] { (desks.Rabat, "ES"), (desks.Madrid, "MA") })
        {
            var briefing = node.Services.GetRequiredService<BriefingDesk>();
            var fiche = await briefing.MakeAsync(TwoDesks.Desk, country, id, "fr", Cancellation);

            fiche!.Title.ShouldContain("4 mars 2027");
            var words = JsonSerializer.Serialize(fiche.Sections.SelectMany(s => s.Blocks).Cast<object>(), Readable);
            words.ShouldContain("Bilan des échanges");
            words.ShouldContain("Un directeur inventé");
            words.ShouldContain("Point à convenir : Former vingt agents.");
            (await briefing.MakeAsync(TwoDesks.Desk, "FI", id, "fr", Cancellation)).ShouldBeNull();
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
        var promise = new CommitmentFacts
        {
            Type = "training",
            Wording = "Former vingt agents.",
            Due = "2099-04-01",
        };
        await node
            .Services.GetRequiredService<RecordEntries>()
            .AddCommitmentAsync("ES", promise, null, "bureau", Cancellation);
        using var calendar = new HttpClient();
        var file = await calendar.GetStringAsync(address, Cancellation);

        file.ShouldContain("\r\nDTSTART:20990304T103000\r\nDTEND:20990304T120000\r\n");
        file.ShouldContain("LOCATION:Rabat\\; salle 1");
        file.ShouldContain("SEQUENCE:2");
        file.ShouldContain("\r\nDTSTART;VALUE=DATE:20990401\r\n");
        file.ShouldContain("\r\nTRIGGER:-P7D\r\n");
        file.Split("\r\n").ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75);
        var end = opened.Document.QuerySelector("form[action*='/end']")!.GetAttribute("action")!;
        await desk.SubmitAsync(opened, end, [], Cancellation);
        (await calendar.GetAsync(address, Cancellation)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    private static MeetingDesk Desk(TestNode node) => node.Services.GetRequiredService<MeetingDesk>();
}
