using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Tests.Support;

/// <summary>Rabat's keys and certificate in the test's own hands, linked with a running Madrid: it can say whatever it likes.</summary>
internal sealed class HandMadePartner : IAsyncDisposable
{
    private readonly TestStore _store;
    private readonly ServiceProvider _services;
    private LinkedPartner? _madrid;

    private HandMadePartner(TestStore store, TestNode madrid)
    {
        (_store, Madrid) = (store, madrid);
        _services = store.Services();
    }

    public TestNode Madrid { get; }

    public NodeKeys Keys => _services.GetRequiredService<NodeKeys>();

    public HttpClient Client => _services.GetRequiredService<PartnerClients>().For(_madrid!); // Set at creation.

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<HandMadePartner> LinkedAsync(
        string engine = nameof(Engine.Sqlite),
        Action<IServiceCollection>? inMadrid = null
    )
    {
        var madrid = await TestNode.StartAsync("es.interior", engine, inMadrid);
        var store = await TestStore.CreateAsync(nameof(Engine.Sqlite));
        var partner = new HandMadePartner(store, madrid);
        await partner._services.LinkAsync(await madrid.Services.CardAsync());
        await madrid.Services.LinkAsync(await partner._services.CardAsync());
        var directory = partner._services.GetRequiredService<LinkDirectory>();
        partner._madrid = await directory.FindPartnerAsync("es.interior", Cancellation);
        return partner;
    }

    public SealedEnvelope Seal(long first, Hash prev, params Message[] messages) =>
        SealLines(first, prev, [.. messages.Select((m, i) => (m with { Seq = first + i }).ToLine())]);

    public SealedEnvelope SealLines(long first, Hash prev, params byte[][] lines) =>
        Envelope.Seal(
            [.. lines.Select(line => (ReadOnlyMemory<byte>)line)],
            NodeId.Parse("ma.interieur"),
            NodeId.Parse("es.interior"),
            first,
            prev,
            WireTime.Round(TimeProvider.System.GetUtcNow()),
            Keys.Signing,
            _madrid!.Keys.Agreement
        );

    /// <summary>Gives Madrid a new card with new keys, vouched for by the old one; this partner goes on sealing with the old.</summary>
    public async Task RotateAsync(DateTimeOffset issued)
    {
        using var signing = SigningKey.Create();
        using var agreement = AgreementKey.Create();
        var old = LinkCard.Open(await _services.CardAsync()).Required();
        var next = old with
        {
            Jwks = new JwkSet([signing.PublicJwk, agreement.PublicJwk]),
            Issued = WireTime.Round(issued),
            Previous = old.Sha256,
        };
        (await Madrid.Services.OfferAsync(next.Rotate(signing, Keys.Signing))).Link.ShouldNotBeNull();
    }

    public Task<HttpResponseMessage> PostAsync(SealedEnvelope envelope) => PostAsync(envelope.Jwe);

    public async Task<HttpResponseMessage> PostAsync(byte[] body, string type = "application/jose")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await Client.PostAsync(new Uri("envelopes", UriKind.Relative), content, Cancellation);
    }

    public async Task<Receipt> ReceiptAsync(SealedEnvelope envelope)
    {
        using var answer = await PostAsync(envelope);
        var jws = await answer.Content.ReadAsStringAsync(Cancellation);
        return Receipt.Open(jws, _madrid!.Keys.Signing).Required();
    }

    public static async Task<string> ReasonAsync(HttpResponseMessage answer)
    {
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        return problem!["reason"]!.GetValue<string>(); // Every refusal says it.
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _store.DisposeAsync();
        await Madrid.DisposeAsync();
    }
}
