using System.Diagnostics;
using Entente.Node.Features.Delivery;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Tests.Support;

/// <summary>A node as a process of its own, to be killed without a word; and its folder, looked into from outside.</summary>
internal sealed class ProcessNode : IAsyncDisposable
{
    private readonly TestStore _store;
    private readonly ServiceProvider _services;
    private Process? _process;

    private ProcessNode(TestStore store, ServiceProvider services) => (_store, _services) = (store, services);

    public string Folder => _store.Home.Folder;

    /// <summary>The node's services in this process, on the same folder.</summary>
    public IServiceProvider Services => _services;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ProcessNode> CreateAsync(string node)
    {
        var store = await TestStore.CreateAsync(nameof(Engine.Sqlite), node: node);
        var options = store.Options with
        {
            Pages = $"http://127.0.0.1:{TestNode.FreePort()}",
            Link = $"https://127.0.0.1:{TestNode.FreePort()}",
            Log = "Error",
        };
        store.Home.Save(options);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(store.Home);
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        NodeHost.AddNode(services, store.Home, options);
        return new ProcessNode(store, services.BuildServiceProvider());
    }

    public void Start()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "entente.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[program, "serve", "--dir", _store.Home.Folder, "--until-input-ends"])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!; // Not null without shell execution.
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is said.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(); // Started.
        await _process.WaitForExitAsync(Cancellation);
        _process.Dispose();
        _process = null;
    }

    public Task SendAllAsync(IReadOnlyList<Message> messages)
    {
        var outbox = _services.GetRequiredService<Outbox>();
        var database = _services.GetRequiredService<Database>();
        return database.WriteAsync(t => outbox.EnqueueAsync(t, messages, 1, "officier", Cancellation), Cancellation);
    }

    public Task<int> CountReceivedAsync()
    {
        const string sql = "SELECT COUNT(*) FROM message WHERE direction = 'in'";
        var database = _services.GetRequiredService<Database>();
        return database.ReadAsync(c => c.OneAsync<int>(sql, null, Cancellation), Cancellation);
    }

    /// <summary>Messages of ours without a receipt.</summary>
    public async Task<long> CountWaitingAsync() =>
        (await _services.GetRequiredService<LinkHealth>().ListAsync(Cancellation)).Sum(link => link.Waiting);

    public Task<IReadOnlyList<StoredMessage>> ListAsync(MessageDirection direction) =>
        _services.GetRequiredService<MessageStore>().ListAsync(direction, null, 10_000, Cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }
}
