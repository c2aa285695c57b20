using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Links;

public sealed class LinkDoorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Certificate_on_no_card_is_refused_in_words()
    {
        await using var madrid = await TestNode.StartAsync("es.interior");
        await using var stranger = await TestStore.CreateAsync(nameof(Engine.Sqlite));
        await using var services = stranger.Services();

        using var answer = await GetAsync(madrid, "/link/1/head", services.GetRequiredService<NodeKeys>().Certificate);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await HandMadePartner.ReasonAsync(answer)).ShouldBe("unknown-certificate");
    }

    [Fact]
    public async Task Without_a_certificate_there_is_no_connection()
    {
        await using var madrid = await TestNode.StartAsync("es.interior");

        await Should.ThrowAsync<HttpRequestException>(() => GetAsync(madrid, "/link/1/head", certificate: null));
    }

    [Fact]
    public async Task Link_door_has_no_pages_and_the_pages_have_no_link()
    {
        await using var partner = await HandMadePartner.LinkedAsync();
        using var pages = new HttpClient { BaseAddress = new Uri(partner.Madrid.Options.Pages) };

        using var page = await GetAsync(partner.Madrid, "/", partner.Keys.Certificate);
        using var live = await GetAsync(partner.Madrid, "/health/live", partner.Keys.Certificate);
        using var link = await pages.GetAsync(new Uri("/link/1/head", UriKind.Relative), Cancellation);

        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        live.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        link.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Head_is_signed_and_a_consistency_proof_is_given()
    {
        await using var partner = await HandMadePartner.LinkedAsync();

        using var head = await partner.Client.GetAsync(new Uri("head", UriKind.Relative), Cancellation);
        using var proof = await partner.Client.GetAsync(
            new Uri("consistency?first=1&second=2", UriKind.Relative),
            Cancellation
        );
        using var nonsense = await partner.Client.GetAsync(
            new Uri("consistency?first=9&second=2", UriKind.Relative),
            Cancellation
        );

        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await head.Content.ReadAsStringAsync(Cancellation)).Split('.').Length.ShouldBe(3);
        (await proof.Content.ReadAsStringAsync(Cancellation)).ShouldContain("\"proof\":[");
        nonsense.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Suspended_link_is_refused_in_words_and_serves_again_when_resumed()
    {
        await using var partner = await HandMadePartner.LinkedAsync();
        await partner.Madrid.Ceremony.SuspendAsync("ma.interieur", "essai", "securite-1", Cancellation);

        using var suspended = await partner.Client.GetAsync(new Uri("head", UriKind.Relative), Cancellation);
        await partner.Madrid.Ceremony.ResumeAsync("ma.interieur", "essai fini", "securite-1", Cancellation);
        using var resumed = await partner.Client.GetAsync(new Uri("head", UriKind.Relative), Cancellation);

        (await HandMadePartner.ReasonAsync(suspended)).ShouldBe("link-not-active");
        resumed.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpResponseMessage> GetAsync(TestNode node, string path, X509Certificate2? certificate)
    {
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
                ClientCertificateContext = certificate is null
                    ? null
                    : SslStreamCertificateContext.Create(certificate, null, offline: true),
            },
        };
        using var client = new HttpClient(handler);
        return await client.GetAsync(new Uri(node.Options.Link + path), Cancellation);
    }
}
