using System.Text.Json;
using Entente.Node.Commands;
using Entente.Node.Features.Texts;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.JointTexts;

public sealed class TwoNodesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_text_signed_by_both_nodes_is_an_instrument_on_both_with_the_same_commitments(string engine)
    {
        await using var desks = await TwoDesks.OpenAsync(engine);
        var id = await desks.BeginAsync();
        (await desks.AcceptAllAsync(desks.Madrid, id)).ShouldBeNull();
        await desks.SendAsync(desks.Madrid, id);
        await desks.SettledAsync(id, text => text.Obstacles.Count == 0);

        (await desks.SignAsync(desks.Rabat, id)).ShouldBeNull();
        await desks.SettledAsync(id, text => text.Signatures.Count == 1);
        (await desks.ViewAsync(desks.Rabat, id)).OwnSignature.ShouldNotBeNull();
        (await desks.SignAsync(desks.Madrid, id)).ShouldBeNull();
        await desks.SettledAsync(id, text => text.InForce is not null);

        var rabat = await desks.InstrumentAsync(desks.Rabat, id);
        var madrid = await desks.InstrumentAsync(desks.Madrid, id);
        rabat.Row.InForce.ShouldBeTrue();
        rabat.Commitments.Select(c => c.Id).ShouldBe(madrid.Commitments.Select(c => c.Id), ignoreOrder: true);
        rabat.Commitments.Select(c => c.Type).ShouldContain("training");
        (await desks.SignAsync(desks.Rabat, id)).ShouldBe(TextRefusal.InForce);
        (await desks.AcceptAllAsync(desks.Rabat, id)).ShouldBe(TextRefusal.InForce);
        await EvidenceHoldsAsync(desks, id);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Two_officers_who_send_one_text_in_the_same_instant_take_one_turn(string engine)
    {
        await using var desks = await TwoDesks.OpenAsync(engine);
        var id = await desks.BeginAsync();
        await desks.WordAsync(desks.Rabat, id, 1, "mots de Rabat");
        var sending = desks.Rabat.Services.GetRequiredService<TextSending>();
        var database = desks.Rabat.Services.GetRequiredService<Database>();
        var view = await desks.ViewAsync(desks.Rabat, id); // Both have it on their screens.
        var (one, _) = await sending.PrepareAsync(TwoDesks.Desk, view, Kinds.Proposal, view.Draft, Cancellation);
        var (other, _) = await sending.PrepareAsync(TwoDesks.Desk, view, Kinds.Proposal, view.Draft, Cancellation);

        (await database.WriteAsync(t => one!(t, Cancellation), Cancellation)).ShouldBeTrue(); // The guard allows both.
        (await database.WriteAsync(t => other!(t, Cancellation), Cancellation)).ShouldBeFalse();

        var turns = (await desks.ViewAsync(desks.Rabat, id)).Turns.Where(turn => turn.By == desks.Rabat.Id);
        turns.Select(turn => turn.Number).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Two_wordings_of_one_clause_written_apart_both_stay_until_one_is_withdrawn()
    {
        await using var desks = await TwoDesks.OpenAsync("Sqlite");
        var id = await desks.BeginAsync();
        await desks.Madrid.StopAsync();
        await desks.WordAsync(desks.Rabat, id, 1, "mots de Rabat");
        await desks.SendAsync(desks.Rabat, id);
        await desks.Rabat.StopAsync();
        await desks.Madrid.StartAsync();
        await desks.WordAsync(desks.Madrid, id, 1, "palabras de Madrid");
        await desks.SendAsync(desks.Madrid, id);
        await desks.Rabat.StartAsync();

        await desks.SettledAsync(id, text => text.Disagreements == 1);
        var heads = (await desks.ViewAsync(desks.Rabat, id)).Sent.Clauses[1].Heads;
        heads.Select(v => v.In("es")).ShouldBe(["mots de Rabat (es)", "palabras de Madrid (es)"], ignoreOrder: true);
        await desks.WithdrawAsync(desks.Rabat, id, heads.Single(v => v.By == desks.Rabat.Id).Id);
        await desks.SendAsync(desks.Rabat, id);

        await desks.SettledAsync(id, text => text.Disagreements == 0 && text.Clauses[1].Heads.Count == 1);
    }

    [Fact]
    public async Task A_signature_needs_a_second_person_and_the_text_they_were_shown()
    {
        await using var desks = await TwoDesks.OpenAsync("Sqlite");
        var id = await desks.BeginAsync();
        (await desks.AcceptAllAsync(desks.Madrid, id)).ShouldBeNull();
        await desks.SendAsync(desks.Madrid, id);
        await desks.SettledAsync(id, text => text.Obstacles.Count == 0);

        (await desks.AskToSignAsync(desks.Rabat, id)).ShouldBeNull();
        (await desks.AskToSignAsync(desks.Rabat, id)).ShouldBe(TextRefusal.Asked);
        var alone = TwoDesks.Desk with { Roles = TwoDesks.Chief.Roles };
        (await desks.GrantAsync(desks.Rabat, id, alone)).ShouldBe(new TextRefusal("not-yours"));
        await desks.WordAsync(desks.Rabat, id, 1, "autres mots");
        (await desks.GrantAsync(desks.Rabat, id)).ShouldBe(new TextRefusal("obstacle"));

        (await desks.ViewAsync(desks.Rabat, id)).OwnSignature.ShouldBeNull();
    }

    private static async Task EvidenceHoldsAsync(TwoDesks desks, string id)
    {
        var maker = desks.Rabat.Services.GetRequiredService<InstrumentEvidenceMaker>();
        var json = await maker.MakeAsync(await desks.ViewAsync(desks.Rabat, id), Cancellation);
        var evidence = InstrumentEvidence.Parse(System.Text.Encoding.UTF8.GetBytes(json!)).ShouldNotBeNull();

        evidence.Verify().Where(check => !check.Holds).ShouldBeEmpty();
        var altered = evidence with
        {
            Text = evidence.Text.Replace("formation", "déformation", StringComparison.Ordinal),
        };
        altered.Verify().ShouldContain(check => !check.Holds);
        (await InstrumentVerification.RunAsync(evidence, json: false)).ShouldBe(0);
        (await InstrumentVerification.RunAsync(altered, json: true)).ShouldBe(ExitCode.NotAllHeld);
    }
}
