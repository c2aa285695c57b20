using System.Net;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Accounts;

public sealed class SessionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cookie_is_out_of_reach_of_scripts_and_named_after_the_node()
    {
        await using var node = await RunningNode.StartAsync();
        using var visitor = await node.SignedInAsync("officier", Role.Officer);

        var cookie = visitor.Cookies.Single(c => c.Name == "entente.ma.interieur.session");

        cookie.HttpOnly.ShouldBeTrue();
        cookie.Value.ShouldNotContain("officier");
    }

    [Fact]
    public async Task Session_ended_by_its_owner_ends_at_once()
    {
        await using var node = await RunningNode.StartAsync();
        var account = await node.OpenAccountAsync("officier", Role.Officer);
        using var office = await InAsync(node, account);
        using var home = await InAsync(node, account);

        var list = await office.GetAsync("/account/sessions", Cancellation);
        await office.SubmitAsync(list, "end-others", [], Cancellation);

        (await home.GetAsync("/account", Cancellation)).Url.AbsolutePath.ShouldBe("/sign-in");
        (await office.GetAsync("/account", Cancellation)).Url.AbsolutePath.ShouldBe("/account");
    }

    [Fact]
    public async Task Password_change_ends_the_other_sessions()
    {
        await using var node = await RunningNode.StartAsync();
        var account = await node.OpenAccountAsync("officier", Role.Officer);
        using var office = await InAsync(node, account);
        using var home = await InAsync(node, account);
        const string chosen = "cheval tambour lune 42";

        var done = await office.SubmitAsync(
            await office.GetAsync("/account", Cancellation),
            "password",
            [new("Current", account.Password), new("Wanted", chosen), new("Again", chosen)],
            Cancellation
        );

        done.Url.PathAndQuery.ShouldBe("/account?done=password");
        (await home.GetAsync("/account", Cancellation)).Url.AbsolutePath.ShouldBe("/sign-in");
    }

    [Theory]
    [InlineData(59, 1, "/account")]
    [InlineData(61, 1, "/sign-in")]
    [InlineData(50, 15, "/sign-in")]
    public async Task Session_ends_after_an_hour_without_a_request_and_after_a_day_whatever_happens(
        int minutes,
        int times,
        string expected
    )
    {
        var clock = new TestClock();
        await using var node = await RunningNode.StartAsync(clock);
        using var visitor = await node.SignedInAsync("officier", Role.Officer);
        BrowserlessPage? page = null;
        for (var i = 0; i < times; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(minutes));
            page = await visitor.GetAsync("/account", Cancellation);
        }

        page!.Url.AbsolutePath.ShouldBe(expected); // At least one turn.
    }

    [Theory]
    [InlineData(false, "/sign-in")]
    [InlineData(true, "/account")]
    public async Task Page_that_refreshes_itself_keeps_no_session_alive_and_hides_no_click(bool clicks, string expected)
    {
        var clock = new TestClock();
        await using var node = await RunningNode.StartAsync(clock);
        using var visitor = await node.SignedInAsync("officier", Role.Officer);
        for (var i = 0; i < 13; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(5));
            using var request = new HttpRequestMessage(HttpMethod.Get, "/account");
            request.Headers.Add("Entente-Live", "1");
            using var answer = await visitor.Http.SendAsync(request, Cancellation);
            if (clicks && i == 6)
            {
                await visitor.GetAsync("/account", Cancellation); // In the seconds in which the session is remembered.
            }
        }

        (await visitor.GetAsync("/account", Cancellation)).Url.AbsolutePath.ShouldBe(expected);
    }

    [Fact]
    public async Task Sign_out_ends_the_session_and_not_only_the_cookie()
    {
        await using var node = await RunningNode.StartAsync();
        using var visitor = await node.SignedInAsync("officier", Role.Officer);
        var kept = visitor.Cookies.Single(c => c.Name.EndsWith(".session", StringComparison.Ordinal)).Value;

        await visitor.SubmitAsync(await visitor.GetAsync("/account", Cancellation), "/sign-out", [], Cancellation);

        using var thief = node.Visitor();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account");
        request.Headers.Add("Cookie", $"entente.ma.interieur.session={kept}");
        using var answer = await thief.Http.SendAsync(request, Cancellation);
        answer.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/sign-in"); // Redirected there.
    }

    [Fact]
    public async Task Page_of_another_role_is_denied()
    {
        await using var node = await RunningNode.StartAsync();
        using var visitor = await node.SignedInAsync("officier", Role.Officer);

        (await visitor.GetAsync("/administration", Cancellation)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Script_that_is_not_signed_in_gets_the_plain_status()
    {
        await using var node = await RunningNode.StartAsync();
        using var visitor = node.Visitor();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account");
        request.Headers.Add("Accept", "text/event-stream");
        visitor.Http.DefaultRequestHeaders.Remove("Accept");

        using var answer = await visitor.Http.SendAsync(request, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<BrowserlessClient> InAsync(RunningNode node, OpenedAccount account)
    {
        var client = node.Visitor();
        await client.SignInAsync("officier", account.Password, account.TotpSecret!, Cancellation); // Enrolled when opened.
        return client;
    }
}
