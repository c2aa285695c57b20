using System.Text.Json;
using Entente.Node.Features.Commitments;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Record;
using Entente.Node.Tests.JointTexts;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Commitments;

public sealed class ReportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Each_side_reports_the_other_sees_it_and_a_disagreement_shows(string engine)
    {
        await using var desks = await TwoDesks.OpenAsync(engine);
        var id = await desks.SignedAsync();
        var training = (await desks.InstrumentAsync(desks.Rabat, id)).Commitments.Single(c => c.Type == "training");
        await desks.InstrumentAsync(desks.Madrid, id);

        await ReportAsync(desks.Rabat, training.Id, "done", 60);
        await ReportAsync(desks.Madrid, training.Id, "under-way", 45);

        foreach (var node in new[] { desks.Rabat, desks.Madrid })
        {
            CommitmentStanding? standing = null;
            await TestNode.WaitUntilAsync(async () =>
                (standing = await StandingAsync(node, training.Id)) is { Ours: not null, Theirs: not null }
            );
            standing!.Disputed.ShouldBeTrue();
            standing.Value.ShouldBe(node == desks.Rabat ? 60 : 45);
            var agenda = node.Services.GetRequiredService<CommitmentAgenda>();
            (await agenda.DisputedAsync(Cancellation)).ShouldHaveSingleItem().Id.ShouldBe(training.Id);
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Report_on_a_commitment_of_another_text_is_rejected(string engine)
    {
        await using var desks = await TwoDesks.OpenAsync(engine);
        var (id, other) = (await desks.SignedAsync(), await desks.SignedAsync());
        var training = (await desks.InstrumentAsync(desks.Rabat, id)).Commitments.Single(c => c.Type == "training");
        var report = new ProgressBody(Guid.Parse(training.Id), "done", TestMessages.Request().Sent)
        {
            Unknown = new Dictionary<string, JsonElement> { ["commitment"] = JsonSerializer.SerializeToElement(true) },
        };

        var message = TestMessages.Request("es.interior", "ma.interieur") with
        {
            Kind = Kinds.Progress,
            Case = Guid.Parse(other),
            Body = report.ToBody(),
        };
        await desks.Madrid.SendAsync(message);

        await desks.Madrid.WaitAsync(message, MessageState.Rejected);
        (await StandingAsync(desks.Rabat, training.Id)).Theirs.ShouldBeNull();
    }

    [Fact]
    public async Task A_message_that_names_a_commitment_counts_for_it_on_both_nodes()
    {
        await using var desks = await TwoDesks.OpenAsync("Sqlite");
        var id = await desks.SignedAsync();
        var exchange = (await desks.InstrumentAsync(desks.Rabat, id)).Commitments.Single(c =>
            c.Type == "information-exchange"
        );
        await desks.InstrumentAsync(desks.Madrid, id);

        var message = TestMessages.Request() with { Serves = [Guid.Parse(exchange.Id)] };
        await desks.Rabat.SendAsync(message);

        await TestNode.WaitUntilAsync(async () => (await StandingAsync(desks.Madrid, exchange.Id)).Received == 1);
        (await StandingAsync(desks.Rabat, exchange.Id)).Sent.ShouldBe(1);
    }

    private static async Task ReportAsync(TestNode node, string commitment, string state, int figure) =>
        (
            await node
                .Services.GetRequiredService<ReportDesk>()
                .ReportAsync(TwoDesks.Desk, commitment, (state, figure, "Constat"), Cancellation)
        ).ShouldBeNull();

    private static async Task<CommitmentStanding> StandingAsync(TestNode node, string commitment)
    {
        var found = await node.Services.GetRequiredService<CommitmentBook>().FindAsync(commitment, Cancellation);
        return await node
            .Services.GetRequiredService<CommitmentStandings>()
            .OfAsync(found!.Row, TwoDesks.Desk with { Clearance = 2 }, Cancellation); // It is on record.
    }
}
