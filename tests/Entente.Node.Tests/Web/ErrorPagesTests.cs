using System.Net;
using System.Net.Http.Headers;
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
        using var visitor = node.Visitor();
        using var form = new StreamContent(new EndlessStream(1L << 30));
        form.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        form.Headers.ContentLength = 1L << 30;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = form };
        request.Headers.ExpectContinue = true;

        using var answer = await visitor.Http.SendAsync(request, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("Envoi trop volumineux");
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

    /// <summary>As many zeros as asked for; nothing is held.</summary>
    private sealed class EndlessStream(long length) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var now = (int)Math.Min(count, length - _read);
            Array.Clear(buffer, offset, now);
            _read += now;
            return now;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
