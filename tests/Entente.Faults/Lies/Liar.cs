using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Entente.Faults.Lies;

/// <summary>
/// A partner with real keys, a real link and a door of its own, which answers what a test tells it to. Unless told
/// otherwise it is honest, as far as can be seen from outside.
/// </summary>
internal sealed class Liar : IAsyncDisposable
{
    private readonly TestStore _store;
    private readonly ServiceProvider _services;
    private readonly WebApplication _door;
    private readonly LinkedPartner _victim;
    private readonly Lock _gate = new();
    private Func<HttpContext, Task>? _instead;
    private CancellationTokenSource _changed = new();

    private Liar(TestStore store, ServiceProvider services, WebApplication door, LinkedPartner victim) =>
        (_store, _services, _door, _victim) = (store, services, door, victim);

    /// <summary>Leaves of the ledger that it shows.</summary>
    public List<Hash> Leaves { get; } = [.. Enumerable.Range(0, 20).Select(i => Hash.OfText($"earlier leaf {i}"))];

    /// <summary>What it makes of the honest receipt before signing it.</summary>
    public Func<Receipt, Receipt> Twist { get; set; } = receipt => receipt;

    /// <summary>Writes something else than a receipt. What it is writing ends when this changes.</summary>
    public Func<HttpContext, Task>? Instead
    {
        get => _instead;
        set
        {
            _instead = value;
            Interlocked.Exchange(ref _changed, new CancellationTokenSource()).Cancel();
        }
    }

    /// <summary>Signs with a key that is on nobody's card.</summary>
    public bool SignsWithAnother { get; set; }

    /// <summary>Its proof that the ledger only grew.</summary>
    public Func<long, long, IEnumerable<Hash>>? Proof { get; set; }

    /// <summary>Envelopes that reached it.</summary>
    public int Asked { get; private set; }

    public string Id => _store.Options.Node;

    public NodeKeys Keys => _services.GetRequiredService<NodeKeys>();

    public IServiceProvider Services => _services;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Linked with the victim, which must not run yet.</summary>
    public static async Task<Liar> LinkedAsync(string node, ProcessNode victim)
    {
        var store = await TestStore.CreateAsync(nameof(Engine.Sqlite), node: node);
        store.Home.Save(store.Options with { Link = $"https://127.0.0.1:{TestNode.FreePort()}" });
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(store.Home);
        services.AddSingleton(store.Home.Load());
        services.AddSingleton(TimeProvider.System);
        NodeHost.AddNode(services, store.Home, store.Home.Load());
        var provider = services.BuildServiceProvider();
        var card = await victim.Services.CardAsync();
        await provider.LinkAsync(card);
        await victim.Services.LinkAsync(await provider.CardAsync());
        var door = Door(store.Home.Load(), provider.GetRequiredService<NodeKeys>());
        var directory = provider.GetRequiredService<LinkDirectory>();
        var liar = new Liar(store, provider, door, (await directory.FindPartnerAsync(victim.Id, Cancellation))!); // Linked above.
        door.MapPost("/link/1/envelopes", liar.TakeAsync);
        door.MapGet("/link/1/consistency", liar.ProveAsync);
        await door.StartAsync(Cancellation);
        return liar;
    }

    public async ValueTask DisposeAsync()
    {
        await _door.DisposeAsync();
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }

    public SealedEnvelope Seal(long first, Hash prev, SigningKey signing, params Message[] messages) =>
        Envelope.Seal(
            [.. messages.Select((m, i) => (ReadOnlyMemory<byte>)(m with { Seq = first + i }).ToLine())],
            NodeId.Parse(Id),
            _victim.Node,
            first,
            prev,
            WireTime.Round(TimeProvider.System.GetUtcNow()),
            signing,
            _victim.Keys.Agreement
        );

    public async Task<HttpResponseMessage> PostAsync(HttpContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/jose");
        var client = _services.GetRequiredService<PartnerClients>().For(_victim);
        using var request = new HttpRequestMessage(HttpMethod.Post, "envelopes") { Content = content };
        (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        return await client.SendAsync(request, Cancellation);
    }

    private static WebApplication Door(NodeOptions options, NodeKeys keys)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ListenLocalhost(
                new Uri(options.Link).Port,
                listen =>
                    listen.UseHttps(
                        new HttpsConnectionAdapterOptions
                        {
                            ServerCertificate = keys.Certificate,
                            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                            ClientCertificateValidation = (_, _, _) => true,
                        }
                    )
            )
        );
        return builder.Build();
    }

    private async Task TakeAsync(HttpContext context)
    {
        Asked++;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (Instead is { } instead)
        {
            await instead(context).WaitAsync(_changed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        var self = NodeId.Parse(Id);
        var opened = Envelope.Open(body.ToArray(), Keys.Agreement, _victim.Keys.Signing, _victim.Node, self).Required();
        var receipt = Twist(Honest(opened, _victim.Node, self));
        using var another = SigningKey.Create();
        context.Response.ContentType = "application/jose";
        await context.Response.WriteAsync(
            receipt.Sign(SignsWithAnother ? another : Keys.Signing),
            context.RequestAborted
        );
    }

    private Receipt Honest(OpenedEnvelope opened, NodeId victim, NodeId self)
    {
        lock (_gate)
        {
            var first = Leaves.Count;
            Leaves.AddRange(opened.Lines.Select(line => Hash.Of(line.Span)));
            var entries = opened.Lines.Select(
                (line, i) =>
                    new ReceiptEntry(
                        opened.Batch.First + i,
                        opened.Read(i).Required().Id,
                        Hash.Of(line.Span),
                        ReceiptStatus.Accepted,
                        Leaf: first + i
                    )
            );
            var now = WireTime.Round(TimeProvider.System.GetUtcNow());
            var head = new ReceiptHead(Leaves.Count, MerkleTree.Root(Leaves), now);
            return new Receipt(self, victim, now, opened.Sha256, [.. entries], head);
        }
    }

    private Task ProveAsync(HttpContext context)
    {
        var (first, second) = (Number(context, "first"), Number(context, "second"));
        var proof = Proof?.Invoke(first, second) ?? True(first, second);
        var path = new JsonArray([.. proof.Select(hash => JsonValue.Create(hash.ToString()))]);
        var json = new JsonObject
        {
            ["first"] = first,
            ["second"] = second,
            ["proof"] = path,
        };
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json.ToJsonString(), context.RequestAborted);
    }

    private IReadOnlyList<Hash> True(long first, long second)
    {
        lock (_gate)
        {
            return MerkleTree.ConsistencyProof(MerkleLeaves.Of(Leaves), first, second);
        }
    }

    private static long Number(HttpContext context, string name) =>
        long.Parse(context.Request.Query[name].ToString(), System.Globalization.CultureInfo.InvariantCulture);
}
