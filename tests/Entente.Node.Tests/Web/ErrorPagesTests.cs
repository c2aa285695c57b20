using System.Net;
using System.Net.Sockets;
using System.Text;
using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Web;

public sealed class ErrorPagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unknown_page_is_said_to_be_missing_in_the_readers_language()
    {
        await using var node = await RunningNode.StartAsync();
        using var officer = await node.SignedInAsync("officier", Role.Officer);

        var french = await officer.GetAsync("/nowhere", Cancellation);
        french.Status.ShouldBe(HttpStatusCode.NotFound);
        french.Text.ShouldContain("Page introuvable");

        await officer.SubmitAsync(french, "/preferences", [new("language", "fi"), new("back", "/")], Cancellation);
        var finnish = await officer.GetAsync("/nowhere", Cancellation);
        finnish.Text.ShouldContain("Sivua ei löydy");
    }

    [Fact]
    public async Task Form_without_its_token_is_refused_with_a_page()
    {
        await using var node = await RunningNode.StartAsync();
        using var visitor = node.Visitor();
        using var form = new FormUrlEncodedContent([new("language", "ar"), new("back", "/help")]);

        using var answer = await visitor.Http.PostAsync(new Uri("/preferences", UriKind.Relative), form, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("La demande n’a pas été comprise");
        answer
            .Headers.GetValues("Set-Cookie")
            .ShouldNotContain(cookie => cookie.Contains(".language", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Form_that_is_too_large_is_refused_before_it_is_read()
    {
        await using var node = await RunningNode.StartAsync();
        using var connection = new TcpClient();
        await connection.ConnectAsync(node.Pages.Host, node.Pages.Port, Cancellation);
        await using var stream = connection.GetStream();
        var head =
            $"POST /sign-in HTTP/1.1\r\nHost: {node.Pages.Authority}\r\nConnection: close\r\n"
            + $"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {1L << 30}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), Cancellation);

        using var reader = new StreamReader(stream);
        var status = await reader.ReadLineAsync(Cancellation);
        var page = await reader.ReadToEndAsync(Cancellation);

        status.ShouldBe("HTTP/1.1 413 Payload Too Large");
        page.ShouldContain("Envoi trop volumineux");
    }

    [Fact]
    public async Task Every_page_says_what_the_browser_may_do()
    {
        await using var node = await RunningNode.StartAsync();
        using var visitor = node.Visitor();

        using var answer = await visitor.Http.GetAsync(new Uri("/help", UriKind.Relative), Cancellation);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'self'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue(); // Every answer has one.
    }
}
