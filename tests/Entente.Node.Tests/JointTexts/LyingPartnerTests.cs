using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.JointTexts;

/// <summary>Madrid signs what it likes and says it in whatever order: what Rabat read, accepted and signed stays what it was.</summary>
public sealed class LyingPartnerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Turn_that_comes_after_it_was_answered_changes_nothing_that_was_signed(string engine)
    {
        await using var desks = await TwoDesks.OpenAsync(engine);
        var id = await desks.SignedAsync();
        var before = (await desks.ViewAsync(desks.Rabat, id)).Signed.ShouldNotBeNull();
        var clause = before.Clauses[0].Current.Proposed;

        var behind = new Turn
        {
            Text = id,
            Number = 1,
            Seen = 0,
            Acts = [clause with { Version = "autre", Replaces = [clause.Version], Wording = Words("Autre chose") }],
        };
        (await SayAsync(desks, id, Kinds.Proposal, behind.ToBody())).ShouldBe("rejected");

        var after = (await desks.ViewAsync(desks.Rabat, id)).Signed.ShouldNotBeNull();
        after.Canonical.ShouldBe(before.Canonical);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Wording_that_was_accepted_is_not_exchanged_for_another_under_its_id(string engine)
    {
        await using var desks = await TwoDesks.OpenAsync(engine);
        var id = await desks.BeginAsync();
        await desks.WordAsync(desks.Madrid, id, 0, "Former vingt agents");
        await desks.SendAsync(desks.Madrid, id);
        await desks.SettledAsync(id, text => text.Clauses[0].Current.By == desks.Madrid.Id);
        (await desks.AcceptAllAsync(desks.Rabat, id)).ShouldBeNull();
        await desks.SendAsync(desks.Rabat, id);
        await desks.SettledAsync(id, text => text.Clauses[0].Settled);
        var accepted = (await desks.ViewAsync(desks.Rabat, id)).Sent.Clauses[0].Current.Proposed;

        var exchanged = new Turn
        {
            Text = id,
            Number = 2,
            Seen = 0,
            Acts = [accepted with { Wording = Words("Former deux mille agents") }],
        };
        (await SayAsync(desks, id, Kinds.Proposal, exchanged.ToBody())).ShouldBe("rejected");

        var view = await desks.ViewAsync(desks.Rabat, id);
        view.Sent.Clauses[0].Current.In("fr").ShouldBe("Former vingt agents (fr)");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Signature_in_a_message_of_another_kind_is_none(string engine)
    {
        await using var desks = await TwoDesks.OpenAsync(engine);
        var id = await desks.BeginAsync();
        var text = (await desks.ViewAsync(desks.Rabat, id)).Sent.Canonical.ShouldNotBeNull();
        var turn = new Turn
        {
            Text = id,
            Number = 1,
            Seen = 1,
            Acts = [new SignText(text.Sha256, "not.a.signature")],
        };
        var body = JsonNode.Parse(TestMessages.Request().Body.GetRawText())!.AsObject(); // A request's body.
        foreach (var (name, value) in JsonNode.Parse(turn.ToBody().GetRawText())!.AsObject()) // And a turn's.
        {
            body[name] = value?.DeepClone();
        }

        var said = await SayAsync(desks, id, Kinds.Request, JsonSerializer.SerializeToElement(body));

        said.ShouldBe("delivered");
        var view = await desks.ViewAsync(desks.Rabat, id);
        view.Turns.Count.ShouldBe(1);
        view.TheirSignature.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Turns_out_of_all_bounds_are_refused_and_the_text_stays_open(string engine)
    {
        await using var desks = await TwoDesks.OpenAsync(engine);
        var id = await desks.BeginAsync();
        var clause = (await desks.ViewAsync(desks.Rabat, id)).Sent.Clauses[0].Current.Proposed;
        var sound = new Turn
        {
            Text = id,
            Number = 1,
            Seen = 1,
            Acts = [clause with { Version = "v1", Replaces = [], Wording = Words("Mot") }],
        };
        ProposeClause Promised(Promise promise) => clause with { Version = "v2", Promise = promise };
        Turn[] strange =
        [
            sound with
            {
                Number = int.MaxValue,
                Seen = int.MaxValue,
            },
            sound with
            {
                Seen = 7,
            }, // We have said one thing.
            sound with
            {
                Acts = [clause with { Version = "v3", Wording = Words("Montant : \u202E00001") }],
            },
            sound with
            {
                Acts = [Promised(new Promise("horoscope"))],
            },
            sound with
            {
                Acts = [Promised(new Promise("training", "astrologie"))],
            },
            sound with
            {
                Acts = [Promised(new Promise("training", Due: new string('9', 5000)))],
            },
            sound with
            {
                Acts = [Promised(new Promise("training", Target: -1))],
            },
            sound with
            {
                Acts = [.. sound.Acts, .. sound.Acts],
            },
            sound with
            {
                Acts = [clause],
            }, // Under the id of our own wording.
        ];
        foreach (var turn in strange)
        {
            (await SayAsync(desks, id, Kinds.Proposal, turn.ToBody())).ShouldBe("rejected");
        }

        (await SayAsync(desks, id, Kinds.Proposal, sound.ToBody())).ShouldBe("delivered");
        (await SayAsync(desks, id, Kinds.Proposal, sound.ToBody())).ShouldBe("rejected"); // Its number is taken.
        (await desks.ViewAsync(desks.Rabat, id)).Turns.Count.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Text_under_the_id_of_another_thing_on_our_record_is_refused(string engine)
    {
        await using var desks = await TwoDesks.OpenAsync(engine);
        var known = desks.Rabat.Services.GetRequiredService<Ids>().New();
        const string sql = """
            INSERT INTO instrument (id, type, title, status, date, sort_date, created_at, created_by)
            VALUES (@Id, 'agreement', 'Accord inventé avec un autre', 'signed', '2019', '2019', 0, 'node')
            """;
        await desks.Rabat.Database.WriteAsync(t => t.RunAsync(sql, new { Id = known }, Cancellation), Cancellation);
        var turn = new Turn
        {
            Text = known,
            Number = 1,
            Seen = 0,
            Acts = [new OpenText("memorandum", ["fr"])],
        };

        (await SayAsync(desks, known, Kinds.Proposal, turn.ToBody())).ShouldBe("rejected");
    }

    private static Dictionary<string, string> Words(string words) =>
        TwoDesks.Languages.ToDictionary(language => language, language => $"{words} ({language})");

    /// <summary>What Madrid's outbox sends without its desk: `delivered` or `rejected`, as Rabat's receipt says.</summary>
    private static async Task<string> SayAsync(TwoDesks desks, string text, string kind, JsonElement body)
    {
        var ids = desks.Madrid.Services.GetRequiredService<Ids>();
        var message = TestMessages.Request(from: "es.interior", to: "ma.interieur") with
        {
            Id = Guid.Parse(ids.New()),
            Kind = kind,
            Case = Guid.Parse(text),
            Body = body,
        };
        var outbox = desks.Madrid.Services.GetRequiredService<Outbox>();
        await desks.Madrid.Database.WriteAsync(t => outbox.EnqueueAsync(t, message, 1, Cancellation), Cancellation);
        string? state = null;
        await TestNode.WaitUntilAsync(async () =>
            (state = (await desks.Madrid.Messages.FindAsync(message.Id.ToString(), Cancellation))?.State.ToString())
                is "Delivered"
                    or "Rejected"
        );
        return state!.ToLowerInvariant(); // Waited for.
    }
}
