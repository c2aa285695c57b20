using Entente.Node.Features.Activities;
using Entente.Node.Features.Commitments;
using Entente.Node.Features.Record;
using Entente.Node.Features.Recovery;
using Entente.Node.Features.Texts;
using Entente.Node.Storage;
using Entente.Node.Tests.JointTexts;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Activities;

public sealed class ActivityTests
{
    private static readonly ActivityAccount Course = new()
    {
        Kind = "training",
        Title = "Cours d’analyse criminelle (exercice)",
        Domain = "terrorism",
        Begins = "2026-03-02",
        Ends = "2026-03-06",
        Place = "Rabat",
        Participants = [new("SN", "Police nationale (exercice)")],
    };

    private static readonly ActivityAccount Held = Course with
    {
        State = "held",
        Trained = 24,
        Results = [new("seizure", 12.5, "kilograms")],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_activity_counts_for_its_commitment_on_both_nodes_and_a_disagreement_shows(string engine)
    {
        await using var desks = await TwoDesks.OpenAsync(engine);
        var (text, training) = await PromisedAsync(desks);
        var id = await OpenAsync(desks.Rabat, text, training);
        var told = await ArrivedAsync(desks.Madrid, id, view => view.Theirs is not null);
        told.Participants.ShouldBe(Course.Participants);

        await ReportAsync(desks.Rabat, id, Held, training);
        await ReportAsync(desks.Madrid, id, Held with { Trained = 22 }, training);

        foreach (var (node, trained) in new[] { (desks.Rabat, 24), (desks.Madrid, 22) })
        {
            // The row is read before the messages: both accounts may be there a moment before it says that they differ.
            var view = await ArrivedAsync(
                node,
                id,
                v => v.Row.Disputed && v.Ours?.Account.Trained is not null && v.Theirs?.Account.Trained is not null
            );
            view.Serves.ShouldHaveSingleItem().Id.ShouldBe(training);
            (await StandingAsync(node, training)).Value.ShouldBe(trained);
        }

        await ReportAsync(desks.Madrid, id, Held, training);
        (await ArrivedAsync(desks.Rabat, id, v => !v.Row.Disputed)).Said.Count.ShouldBe(4);
    }

    [Fact]
    public async Task An_activity_without_an_instrument_in_force_is_not_told()
    {
        await using var desks = await TwoDesks.OpenAsync("Sqlite");
        var wanted = new NewActivity(desks.Madrid.Id, 0, Course, "unknown", []);

        var (id, refusal) = await desks
            .Rabat.Services.GetRequiredService<ActivityDesk>()
            .OpenAsync(TwoDesks.Desk, wanted, Cancellation);

        id.ShouldBeNull();
        refusal.ShouldBeOfType<TextRefusal.Guarded>().Decision.Findings.ShouldContain(f => f.Rule == "basis");
    }

    [Fact]
    public async Task Rows_made_again_from_the_messages_in_any_order_are_the_same()
    {
        await using var desks = await TwoDesks.OpenAsync("Sqlite");
        var (text, training) = await PromisedAsync(desks);
        var id = await OpenAsync(desks.Rabat, text, training);
        await ReportAsync(desks.Rabat, id, Held, training);
        var before = await ArrivedAsync(desks.Rabat, id, view => view.Said.Count == 2);
        var services = desks.Rabat.Services;

        await services
            .GetRequiredService<Database>()
            .WriteAsync(
                async t =>
                {
                    await t.RunAsync("DELETE FROM activity", null, Cancellation);
                    await t.RunAsync("DELETE FROM activity_commitment", null, Cancellation);
                    foreach (var said in before.Said) // The newest first.
                    {
                        foreach (var one in services.GetServices<IForgottenSending>())
                        {
                            await one.SentAsync(t, said.Message, said.Message.Sent, Cancellation);
                        }
                    }
                },
                Cancellation
            );

        (await ArrivedAsync(desks.Rabat, id, _ => true)).Row.ShouldBe(before.Row);
        (await StandingAsync(desks.Rabat, training)).Value.ShouldBe(24);
    }

    [Theory]
    [InlineData("kind", "party")]
    [InlineData("begins", "2026-02-30")]
    [InlineData("ends", "2026-03-01")]
    [InlineData("beneficiaries", "[\"Sahel\"]")]
    [InlineData("participants", "[{\"country\":\"Sahel\"}]")]
    [InlineData("participants", "[{\"country\":null}]")]
    [InlineData("participants", "[null]")]
    [InlineData("participants", "[{\"country\":\"SN\",\"authority\":\"\"}]")]
    [InlineData("results", "[null]")]
    [InlineData("results", "[{\"type\":\"bribes\"}]")]
    public void What_cannot_be_is_no_account(string member, string value)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(Held.ToBody().GetRawText())!.AsObject();
        json[member] = value[0] == '[' ? System.Text.Json.Nodes.JsonNode.Parse(value) : value;

        ActivityAccount.Read(System.Text.Json.JsonSerializer.SerializeToElement(json)).ShouldBeNull();
        ActivityAccount.Read(Held.ToBody()).ShouldNotBeNull();
    }

    private static async Task<(string Text, string Training)> PromisedAsync(TwoDesks desks)
    {
        var text = await desks.SignedAsync();
        await desks.InstrumentAsync(desks.Madrid, text);
        var instrument = await desks.InstrumentAsync(desks.Rabat, text);
        return (text, instrument.Commitments.Single(c => c.Type == "training").Id);
    }

    private static async Task<string> OpenAsync(TestNode node, string instrument, string commitment)
    {
        var wanted = new NewActivity("es.interior", 0, Course, instrument, [commitment]);
        var (id, refusal) = await node
            .Services.GetRequiredService<ActivityDesk>()
            .OpenAsync(TwoDesks.Desk, wanted, Cancellation);
        refusal.ShouldBeNull();
        return id!; // Not refused.
    }

    private static async Task ReportAsync(TestNode node, string id, ActivityAccount account, string commitment) =>
        (
            await node
                .Services.GetRequiredService<ActivityDesk>()
                .ReportAsync(TwoDesks.Desk, id, account, [commitment], Cancellation)
        ).ShouldBeNull();

    private static async Task<ActivityView> ArrivedAsync(TestNode node, string id, Func<ActivityView, bool> wanted)
    {
        ActivityView? found = null;
        await TestNode.WaitUntilAsync(async () =>
            (found = await node.Services.GetRequiredService<ActivityBook>().FindAsync(TwoDesks.Desk, id, Cancellation))
                is { } view
            && wanted(view)
        );
        return found!; // Waited for.
    }

    private static async Task<CommitmentStanding> StandingAsync(TestNode node, string commitment)
    {
        var found = await node.Services.GetRequiredService<CommitmentBook>().FindAsync(commitment, Cancellation);
        return await node
            .Services.GetRequiredService<CommitmentStandings>()
            .OfAsync(found!.Row, TwoDesks.Desk, Cancellation); // It is on record.
    }
}
