using System.Net;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Accounts;

/// <summary>Two security officers at their pages.</summary>
public sealed class ProposalPagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Refusal_leaves_the_account_and_tells_the_proposer_why(string engine)
    {
        await using var node = await RunningNode.StartAsync(engine: engine);
        using var first = await node.SignedInAsync("securite", Role.Security);
        using var second = await node.SignedInAsync("seconde", Role.Security);
        using var officer = await node.SignedInAsync("officier", Role.Officer);

        var proposal = await RaiseAsync(first);
        var refused = await DecideAsync(second, proposal, "refuse", "Le service ne le demande pas");

        refused.Url.PathAndQuery.ShouldBe("/administration?done=proposal-refused");
        (await first.GetAsync(proposal, Cancellation)).Text.ShouldContain("Le service ne le demande pas");
        (await first.GetAsync("/administration/accounts/officier", Cancellation))
            .Document.QuerySelector("#clearance option[selected]")!
            .GetAttribute("value") // A form has it.
            .ShouldBe("1");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Withdrawn_proposal_is_confirmed_by_nobody(string engine)
    {
        await using var node = await RunningNode.StartAsync(engine: engine);
        using var first = await node.SignedInAsync("securite", Role.Security);
        using var second = await node.SignedInAsync("seconde", Role.Security);
        using var officer = await node.SignedInAsync("officier", Role.Officer);
        var proposal = await RaiseAsync(first);
        var open = await second.GetAsync(proposal, Cancellation);
        var approval = proposal.Replace("/administration/proposals/", "/approvals/", StringComparison.Ordinal);

        await first.SubmitAsync(await first.GetAsync(proposal, Cancellation), $"{approval}/withdraw", [], Cancellation);
        var late = await second.SubmitAsync(
            open,
            "decide",
            [new("Reason", "Vérifié"), new("Decision", "grant")],
            Cancellation
        );

        late.Document.QuerySelector("[role=alert]").ShouldNotBeNull().TextContent.ShouldContain("déjà prise");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Who_confirms_second_is_told_that_it_is_done_and_sees_no_password(string engine)
    {
        await using var node = await RunningNode.StartAsync(engine: engine);
        using var first = await node.SignedInAsync("securite", Role.Security);
        using var second = await node.SignedInAsync("seconde", Role.Security);
        using var third = await node.SignedInAsync("troisieme", Role.Security);
        using var officer = await node.SignedInAsync("officier", Role.Officer);
        var page = await first.GetAsync("/administration/accounts/officier", Cancellation);
        page = await first.SubmitAsync(page, "reset", [new("ResetReason", "Téléphone perdu")], Cancellation);
        var proposal = page.Url.AbsolutePath;
        var (one, other) = (
            await second.GetAsync(proposal, Cancellation),
            await third.GetAsync(proposal, Cancellation)
        );
        KeyValuePair<string, string>[] grant = [new("Reason", "Vérifié"), new("Decision", "grant")];

        var both = await Task.WhenAll(
            second.SubmitAsync(one, "decide", grant, Cancellation),
            third.SubmitAsync(other, "decide", grant, Cancellation)
        );

        both.Count(p => p.Document.QuerySelector("dd .user-select-all") is not null).ShouldBe(1);
        both.Count(p => p.Text.Contains("déjà prise", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task What_waits_is_counted_for_who_can_confirm_and_shown_to_all_security_officers()
    {
        await using var node = await RunningNode.StartAsync();
        using var first = await node.SignedInAsync("securite", Role.Security);
        using var second = await node.SignedInAsync("seconde", Role.Security);
        using var officer = await node.SignedInAsync("officier", Role.Officer);
        var proposal = await RaiseAsync(first);

        foreach (var (who, waiting) in new[] { (first, null), (second, "1") })
        {
            var page = await who.GetAsync("/administration", Cancellation);
            page.Document.QuerySelector($"main a[href='{proposal}']").ShouldNotBeNull();
            var count = page.Document.QuerySelector("nav a[href='/approvals'] [data-waiting]");
            (count?.GetAttribute("data-waiting")).ShouldBe(waiting);
        }

        (await officer.GetAsync(proposal, Cancellation)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Person_concerned_does_not_see_what_is_proposed_for_them()
    {
        await using var node = await RunningNode.StartAsync();
        using var first = await node.SignedInAsync("securite", Role.Security);
        using var concerned = await node.SignedInAsync("seconde", Role.Security);

        var proposal = await RaiseAsync(first, "seconde");

        (await concerned.GetAsync(proposal, Cancellation)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await first.GetAsync(proposal, Cancellation)).Text.ShouldContain("entente account confirm");
    }

    /// <summary>Proposes the highest clearance; returns the proposal's address.</summary>
    private static async Task<string> RaiseAsync(BrowserlessClient security, string login = "officier")
    {
        var page = await security.GetAsync($"/administration/accounts/{login}", Cancellation);
        page = await security.SubmitAsync(
            page,
            "change",
            [new("Clearance", "4"), new("Reason", "Mission")],
            Cancellation
        );
        page.Url.AbsolutePath.ShouldStartWith("/administration/proposals/");
        return page.Url.AbsolutePath;
    }

    private static async Task<BrowserlessPage> DecideAsync(
        BrowserlessClient second,
        string proposal,
        string decision,
        string reason
    ) =>
        await second.SubmitAsync(
            await second.GetAsync(proposal, Cancellation),
            "decide",
            [new("Reason", reason), new("Decision", decision)],
            Cancellation
        );
}
