using System.Net;
using System.Net.Sockets;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;
using Microsoft.AspNetCore.Builder;

namespace Entente.Node.Tests.Support;

/// <summary>A whole node on loopback with its link door open; it can be stopped and started again on the same folder.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly TestStore _store;
    private readonly Action<IServiceCollection>? _more;
    private WebApplication? _app;

    private TestNode(TestStore store, NodeOptions options, Action<IServiceCollection>? more) =>
        (_store, Options, _more) = (store, options, more);

    public NodeOptions Options { get; }

    public string Id => Options.Node;

    public NodeHome Home => _store.Home;

    public IServiceProvider Services => _app!.Services; // Between start and stop.

    public TimeProvider Clock => _store.Clock;

    public Database Database => Services.GetRequiredService<Database>();

    public MessageStore Messages => Services.GetRequiredService<MessageStore>();

    public LinkCeremony Ceremony => Services.GetRequiredService<LinkCeremony>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="more">Services of the test's own, such as a reception.</param>
    public static async Task<TestNode> StartAsync(
        string node,
        string engine = nameof(Engine.Sqlite),
        Action<IServiceCollection>? more = null
    )
    {
        var store = await TestStore.CreateAsync(engine, node: node);
        var options = store.Options with
        {
            Pages = $"http://127.0.0.1:{FreePort()}",
            Link = $"https://127.0.0.1:{FreePort()}",
            Log = "Error",
        };
        store.Home.Save(options);
        var started = new TestNode(store, options, more);
        await started.StartAsync();
        return started;
    }

    public async Task StartAsync()
    {
        _app = NodeHost.Build(_store.Home, _store.Clock, _more);
        await _app.StartAsync(Cancellation);
    }

    /// <summary>Starts again, listening for partners elsewhere.</summary>
    public Task MoveAsync(string link)
    {
        Home.Save(Options with { Link = link });
        return StartAsync();
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async Task StopAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync(Cancellation);
            await _app.DisposeAsync();
            _app = null;
        }
    }

    /// <summary>What an officer does by pressing 'send'.</summary>
    public Task<long> SendAsync(Message message, int priority = 1)
    {
        var outbox = Services.GetRequiredService<Outbox>();
        return Database.WriteAsync(
            t => outbox.EnqueueAsync(t, message, priority, "officier", Cancellation),
            Cancellation
        );
    }

    /// <summary>All of them in one transaction.</summary>
    public Task SendAllAsync(IReadOnlyList<Message> messages, int priority = 1)
    {
        var outbox = Services.GetRequiredService<Outbox>();
        return Database.WriteAsync(
            t => outbox.EnqueueAsync(t, messages, priority, "officier", Cancellation),
            Cancellation
        );
    }

    /// <summary>What came, in the order of the sequence.</summary>
    public async Task<IReadOnlyList<StoredMessage>> ReceivedAsync() =>
        [.. (await Database.MessagesAsync(MessageDirection.In, Cancellation)).OrderBy(m => m.Seq)];

    public async Task<StoredMessage?> FindAsync(Message message) =>
        await Messages.FindAsync(message.Id.ToString(), Cancellation);

    /// <summary>Waits until the message stands so; fails the test after twenty seconds.</summary>
    public async Task<StoredMessage> WaitAsync(Message message, MessageState state)
    {
        StoredMessage? found = null;
        await WaitUntilAsync(async () => (found = await FindAsync(message))?.State == state);
        return found!; // Waited for.
    }

    public static Task WaitUntilAsync(Func<Task<bool>> condition) =>
        WaitUntilAsync(condition, TimeSpan.FromSeconds(20));

    public static async Task WaitUntilAsync(Func<Task<bool>> condition, TimeSpan most)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(most);
        while (!await condition())
        {
            patience.IsCancellationRequested.ShouldBeFalse($"Waited {most}.");
            await Task.Delay(10, Cancellation);
        }
    }

    public static int FreePort() => DemoPorts.Next();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _store.DisposeAsync();
    }
}
