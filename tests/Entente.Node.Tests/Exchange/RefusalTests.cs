using Entente.Node.Features.Exchange;
using Entente.Node.Guard;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Exchange;

/// <summary>What the guard stands against: nothing leaves, the officer reads why, the ledger holds it.</summary>
public sealed class RefusalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Request_above_the_ceiling_does_not_leave(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await rabat.LinkAsync(madrid);

        await RefusedAsync(rabat, Drafts.Request() with { Rank = 2 }, "ceiling");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Request_without_a_basis_does_not_leave(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await rabat.LinkAsync(madrid);

        await RefusedAsync(rabat, Drafts.Request() with { Basis = null }, "basis");
        await RefusedAsync(rabat, Drafts.Request() with { Basis = Bureau.AgreementWith("DE") }, "basis");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Urgent_request_on_a_ground_that_the_profile_does_not_list_does_not_leave(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await rabat.LinkAsync(madrid);

        await RefusedAsync(rabat, Drafts.Request() with { UrgencyGround = "invented" }, "contents");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Answer_goes_to_a_third_node_only_once_its_originator_permits(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await using var berlin = await Bureau.OpenAsync("de.bmi", engine);
        await rabat.LinkAsync(madrid);
        await rabat.LinkAsync(berlin);
        var answer = await AnsweredAsync(rabat, madrid);
        var forward = Drafts.Forward(answer, "de.bmi");

        await RefusedAsync(rabat, forward, "h2,originator");
        await PermitAsync(rabat, madrid, answer, grant: true);
        await ExchangeTests.SendAsync(rabat, forward);

        (await rabat.HandOverAsync(berlin)).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Refused_permission_permits_nothing(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await using var berlin = await Bureau.OpenAsync("de.bmi", engine);
        await rabat.LinkAsync(madrid);
        await rabat.LinkAsync(berlin);
        var answer = await AnsweredAsync(rabat, madrid);

        await PermitAsync(rabat, madrid, answer, grant: false);

        await RefusedAsync(rabat, Drafts.Forward(answer, "de.bmi"), "h2,originator");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Passing_on_does_not_lower_the_marking(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await using var berlin = await Bureau.OpenAsync("de.bmi", engine);
        await rabat.LinkAsync(madrid);
        await rabat.LinkAsync(berlin);
        var answer = await AnsweredAsync(rabat, madrid);
        await PermitAsync(rabat, madrid, answer, grant: true);

        await RefusedAsync(rabat, Drafts.Forward(answer, "de.bmi") with { Rank = 0 }, "marking");
    }

    /// <summary>Madrid answers a request of Rabat; the id of the answer.</summary>
    private static async Task<string> AnsweredAsync(Bureau rabat, Bureau madrid)
    {
        var sent = await ExchangeTests.SendAsync(rabat, Drafts.Request());
        await rabat.HandOverAsync(madrid);
        var answer = await ExchangeTests.AnswerAsync(madrid, Drafts.Answer(sent.Message));
        await madrid.HandOverAsync(rabat);
        return answer.Message;
    }

    private static async Task PermitAsync(Bureau rabat, Bureau madrid, string answer, bool grant)
    {
        var asked = await rabat
            .Get<PermissionDesk>()
            .AskAsync(rabat.Officer, answer, "de.bmi", "Dossier commun", Cancellation);
        await rabat.HandOverAsync(madrid);
        var ask = asked.ShouldBeOfType<SendResult.Sent>().Message;
        var decided = await madrid.Get<PermissionDesk>().DecideAsync(madrid.Officer, ask, grant, null, Cancellation);
        decided.ShouldBeOfType<SendResult.Sent>();
        await madrid.HandOverAsync(rabat);
    }

    private static async Task RefusedAsync(Bureau bureau, RequestDraft draft, string rules)
    {
        var before = await bureau.CountAsync("message");

        var result = await bureau.Get<RequestDesk>().SendAsync(bureau.Officer, draft, Cancellation);

        result.ShouldBeOfType<SendResult.Refused>().Decision.Verdict.ShouldBe(Verdict.Refuse);
        (await bureau.CountAsync("message")).ShouldBe(before);
        (await bureau.LedgerAsync("decide"))[^1].ShouldBe("refused:" + rules);
        (await bureau.CountAsync("decision")).ShouldBeGreaterThan(0);
    }
}
