using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Exchange;

/// <summary>What an originator gives leave for, how long it has to say so, and that it may take it back.</summary>
public sealed class PermissionTests
{
    private const string Third = "de.bmi";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Revoked_permission_permits_nothing_more_and_what_went_before_stays(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        await using var berlin = await Bureau.OpenAsync(Third, engine);
        var (rabat, madrid, time) = pair;
        await rabat.LinkAsync(berlin);
        var answer = await AnsweredAsync(pair);
        var ask = await AskAsync(pair, new PermissionAsk(answer, PermissionUses.Onward, Third));
        await DecideAsync(pair, ask, grant: true);
        var before = await ExchangeTests.SendAsync(rabat, Drafts.Forward(answer, Third));

        time.Advance(TimeSpan.FromHours(1));
        await RevokeAsync(pair, ask);

        (await rabat.Get<RequestDesk>().SendAsync(rabat.Officer, Drafts.Forward(answer, Third), Cancellation))
            .ShouldBeOfType<SendResult.Refused>()
            .Decision.Why.ShouldBe("refused:h2,originator");
        (await rabat.Get<MessageStore>().OpenAsync(before.Message, Cancellation)).ShouldNotBeNull();
        (await RowAsync(rabat, ask)).RevokedAt.ShouldBe(time.GetUtcNow());
        (await rabat.LedgerAsync("alter")).ShouldContain("revoked");
        (await madrid.LedgerAsync("decide")).ShouldBe(["granted", "revoked"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Question_has_a_clock_of_its_own_that_both_sides_read_alike(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var answer = await AnsweredAsync(pair);

        var ask = await AskAsync(pair, new PermissionAsk(answer, PermissionUses.Court));

        var due = pair.Time.GetUtcNow().AddDays(7);
        (await RowAsync(pair.Rabat, ask)).Due.ShouldBe(due);
        (await RowAsync(pair.Madrid, ask)).Due.ShouldBe(due);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Lifted_H2_no_longer_binds_and_the_third_party_rule_still_does(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        await using var berlin = await Bureau.OpenAsync(Third, engine);
        await pair.Rabat.LinkAsync(berlin);
        var answer = await AnsweredAsync(pair);

        var ask = await AskAsync(pair, new PermissionAsk(answer, PermissionUses.Dissemination));
        await DecideAsync(pair, ask, grant: true);

        (await pair.Rabat.Get<RequestDesk>().SendAsync(pair.Rabat.Officer, Drafts.Forward(answer, Third), Cancellation))
            .ShouldBeOfType<SendResult.Refused>()
            .Decision.Why.ShouldBe("refused:originator");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Other_purpose_is_granted_for_that_purpose_only(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var answer = await AnsweredAsync(pair);
        var book = pair.Rabat.Get<PermissionBook>();
        (await pair.Rabat.Get<PermissionDesk>().AskAsync(pair.Rabat.Officer, Purpose(" "), Cancellation))
            .ShouldBeOfType<SendResult.Faulty>()
            .Errors.ShouldBe([new PurposeMissing()]);

        var ask = await AskAsync(pair, Purpose("Sécurité d’un sommet inventé"));
        await DecideAsync(pair, ask, grant: true);

        (await GrantedAsync("SECURITE d'un sommet inventé")).ShouldBeTrue();
        (await GrantedAsync("Autre chose")).ShouldBeFalse();

        PermissionAsk Purpose(string words) => new(answer, PermissionUses.Purpose, Purpose: words);
        Task<bool> GrantedAsync(string words) => book.PurposeGrantedAsync("es.interior", answer, words, Cancellation);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Decision_on_another_use_than_was_asked_is_not_taken(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (rabat, madrid, time) = pair;
        var answer = await AnsweredAsync(pair);
        var ask = await AskAsync(pair, new PermissionAsk(answer, PermissionUses.Dissemination));
        var asked = (await madrid.Get<MessageStore>().OpenAsync(ask, Cancellation))!.Message;
        var said = asked.AsPermission()! with { Action = PermissionBody.Grant, Use = null };
        var grant = await madrid
            .Get<ReplyMessages>()
            .WriteAsync(Kinds.Permission, madrid.Officer, asked, 0, said.ToBody(), Cancellation);
        await madrid.Database.WriteAsync(
            t => madrid.Get<Outbox>().EnqueueAsync(t, grant, 1, "officier", Cancellation),
            Cancellation
        );

        await madrid.HandOverAsync(rabat);

        (await RowAsync(rabat, ask)).State.ShouldBe("asked");
        (await rabat.Get<PermissionBook>().LiftedAsync("es.interior", answer, Cancellation)).ShouldBeEmpty();
    }

    /// <summary>Madrid answers a request of Rabat under H2; the id of the answer.</summary>
    private static async Task<string> AnsweredAsync(Clocked pair)
    {
        var sent = await pair.AskedAsync();
        var answer = await ExchangeTests.AnswerAsync(pair.Madrid, Drafts.Answer(sent.Message));
        await pair.Madrid.HandOverAsync(pair.Rabat);
        return answer.Message;
    }

    private static async Task<string> AskAsync(Clocked pair, PermissionAsk ask)
    {
        var asked = await pair.Rabat.Get<PermissionDesk>().AskAsync(pair.Rabat.Officer, ask, Cancellation);
        await pair.Rabat.HandOverAsync(pair.Madrid);
        return asked.ShouldBeOfType<SendResult.Sent>().Message;
    }

    private static async Task DecideAsync(Clocked pair, string ask, bool grant)
    {
        var desk = pair.Madrid.Get<PermissionDesk>();
        (await desk.DecideAsync(pair.Madrid.Officer, ask, grant, null, Cancellation)).ShouldBeOfType<SendResult.Sent>();
        await pair.Madrid.HandOverAsync(pair.Rabat);
    }

    private static async Task RevokeAsync(Clocked pair, string ask)
    {
        var desk = pair.Madrid.Get<PermissionDesk>();
        (
            await desk.RevokeAsync(pair.Madrid.Officer, ask, "Fin du dossier", Cancellation)
        ).ShouldBeOfType<SendResult.Sent>();
        await pair.Madrid.HandOverAsync(pair.Rabat);
    }

    private static async Task<PermissionRow> RowAsync(Bureau bureau, string ask) =>
        (
            await bureau.Database.ReadAsync(
                async c =>
                    await Queries.OneAsync<PermissionRow>(
                        c,
                        """
                        SELECT id, direction, partner, message_id, case_id, to_node, state, asked_at, for_use, due, revoked_at
                        FROM permission WHERE id = @Id
                        """,
                        new { Id = ask },
                        Cancellation
                    ),
                Cancellation
            )
        )!; // A test that asks expects it.
}
