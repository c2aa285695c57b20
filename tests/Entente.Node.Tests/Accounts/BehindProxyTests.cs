using System.Net;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Accounts;

/// <summary>A reverse proxy on this machine says whose request it is and that it came by TLS.</summary>
public sealed class BehindProxyTests
{
    private const string Attacker = "192.0.2.66";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_who_floods_the_sign_in_shuts_nobody_else_out()
    {
        await using var node = await RunningNode.StartAsync();
        var account = await node.OpenAccountAsync("officier", Role.Officer);
        using var attacker = From(node, Attacker);
        for (var i = 0; i < 80; i++)
        {
            await TryAsync(attacker, "personne", "x");
        }

        using var visitor = From(node, "192.0.2.7");
        var page = await TryAsync(visitor, "officier", account.Password);

        page.Url.AbsolutePath.ShouldBe("/sign-in/code");
    }

    [Fact]
    public async Task Cookies_of_a_page_that_came_by_tls_travel_by_tls_alone()
    {
        await using var node = await RunningNode.StartAsync();
        using var visitor = From(node, Attacker);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var answer = await visitor.Http.SendAsync(request, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => cookie.Contains("; secure"));
    }

    private static BrowserlessClient From(RunningNode node, string address)
    {
        var client = node.Visitor();
        client.Http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return client;
    }

    private static async Task<BrowserlessPage> TryAsync(BrowserlessClient visitor, string login, string password) =>
        await visitor.SubmitAsync(
            await visitor.GetAsync("/sign-in", Cancellation),
            "sign-in",
            [new("Login", login), new("Password", password)],
            Cancellation
        );
}
