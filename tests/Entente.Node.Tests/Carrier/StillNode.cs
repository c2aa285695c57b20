using Entente.Node.Features.Carrier;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Carrier;

/// <summary>A node that does not serve: no wire reaches it, only what is carried.</summary>
internal sealed class StillNode : IAsyncDisposable
{
    private readonly TestStore _store;
    private ServiceProvider _services;

    private StillNode(TestStore store)
    {
        _store = store;
        _services = store.Services();
    }

    public string Id => _store.Options.Node;

    public NodeHome Home => _store.Home;

    public Database Database => Get<Database>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<(StillNode Rabat, StillNode Madrid)> PairAsync(string engine = nameof(Engine.Sqlite))
    {
        var rabat = new StillNode(await TestStore.CreateAsync(engine));
        var madrid = new StillNode(await TestStore.CreateAsync(engine, node: "es.interior"));
        await rabat._services.LinkAsync(await madrid._services.CardAsync());
        await madrid._services.LinkAsync(await rabat._services.CardAsync());
        return (rabat, madrid);
    }

    /// <summary>Closes everything, changes the folder, and opens what is there then.</summary>
    public async Task ReplaceAsync(Func<Task> change)
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await change();
        _services = NodeServices.Build(Home, Home.Load(), _store.Clock);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task SendAsync(params IReadOnlyList<Message> messages) =>
        Database.WriteAsync(t => Get<Outbox>().EnqueueAsync(t, messages, 1, "officier", Cancellation), Cancellation);

    /// <summary>Sends them so that each is in an envelope of its own.</summary>
    public async Task SendApartAsync(string partner, IReadOnlyList<Message> messages)
    {
        var linked = await Get<LinkDirectory>().FindPartnerAsync(partner, Cancellation);
        foreach (var message in messages)
        {
            await SendAsync(message);
            await Get<Sealer>().SealNextAsync(linked!, least: 1, Cancellation);
        }
    }

    public Task<CarrierWritten> ExportAsync(string partner, string file) =>
        Get<CarrierExport>().RunAsync(partner, file, _ => { }, Cancellation);

    public Task<CarrierTaken> ImportAsync(string file) =>
        Get<CarrierImport>().RunAsync(file, file + ".receipts", _ => { }, Cancellation);

    public async Task<IReadOnlyList<string>> ReceivedAsync() =>
        [
            .. (await Get<Database>().MessagesAsync(MessageDirection.In, Cancellation))
                .OrderBy(m => m.Seq)
                .Select(m => m.Id),
        ];

    public async Task<MessageState?> StateAsync(Message message) =>
        (await Get<MessageStore>().FindAsync(message.Id.ToString(), Cancellation))?.State;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }
}
