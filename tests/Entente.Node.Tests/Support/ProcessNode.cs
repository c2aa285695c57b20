using System.Diagnostics;
using System.Net;
using Entente.Node.Features.Delivery;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;
using Microsoft.Data.Sqlite;

namespace Entente.Node.Tests.Support;

/// <summary>A node as a process of its own, to be killed without a word; and its folder, looked into from outside.</summary>
internal sealed class ProcessNode : IAsyncDisposable
{
    private readonly TestStore _store;
    private readonly TextWriter _log;
    private ServiceProvider _services;
    private Process? _process;

    private ProcessNode(TestStore store, NodeOptions options)
    {
        (_store, Options) = (store, options);
        _services = Build();
        var log = new StreamWriter(store.Home.Folder.TrimEnd('/') + ".log") { AutoFlush = true };
        _log = TextWriter.Synchronized(log);
    }

    public NodeOptions Options { get; }

    public string Id => Options.Node;

    public NodeHome Home => _store.Home;

    public string Folder => _store.Home.Folder;

    /// <summary>The node's services in this process, on the same folder.</summary>
    public IServiceProvider Services => _services;

    public Database Database => _services.GetRequiredService<Database>();

    /// <summary>Variables that the process gets beside those of this one.</summary>
    public Dictionary<string, string> Environment { get; } = new() { ["ENTENTE_LOG"] = "Warning" };

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Folder, log and schema stay when the test is over.</summary>
    public bool IsKept
    {
        get => _store.IsKept;
        set => _store.IsKept = value;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="where">An empty folder for the node; null for one that is made and thrown away.</param>
    /// <param name="prepare">Changes its folder before anything is read from it.</param>
    public static async Task<ProcessNode> CreateAsync(
        string node,
        string engine = nameof(Engine.Sqlite),
        string? where = null,
        Action<NodeHome>? prepare = null
    )
    {
        var store = await TestStore.CreateAsync(engine, node: node, where: where);
        var options = store.Options with
        {
            Pages = $"http://127.0.0.1:{TestNode.FreePort()}",
            Link = $"https://127.0.0.1:{TestNode.FreePort()}",
        };
        store.Home.Save(options);
        prepare?.Invoke(store.Home);
        return new ProcessNode(store, options);
    }

    /// <summary>Closes everything that this process has open in the node's folder, and reads its keys again.</summary>
    public async Task ReopenAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _services = Build();
    }

    /// <summary>The process will listen here for partners; its card still names the address that they connect to.</summary>
    public void ListenBehind(int port) => Home.Save(Options with { Link = $"https://127.0.0.1:{port}" });

    public void Start()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "entente.dll");
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])[program, "serve", "--dir", Home.Folder, "--until-input-ends"])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!; // Not null without shell execution.
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is said.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(); // Started.
        await EndedAsync();
    }

    /// <summary>Asks it to stop, as an operator does.</summary>
    public async Task StopAsync()
    {
        _process!.StandardInput.Close(); // Started.
        await EndedAsync();
    }

    /// <summary>SIGSTOP and SIGCONT: a machine that hangs, and comes back.</summary>
    public async Task HangAsync(TimeSpan time)
    {
        await SignalAsync("STOP");
        await Task.Delay(time, Cancellation);
        await SignalAsync("CONT");
    }

    public async Task EndedAsync()
    {
        var process = _process!; // Started.
        await process.WaitForExitAsync(Cancellation);
        _process = null;
        process.Dispose();
    }

    public async Task<bool> IsReadyAsync()
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            using var answer = await client.GetAsync(new Uri($"{Options.Pages}/health/ready"), Cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    public Task SendAllAsync(IReadOnlyList<Message> messages, int priority = 1)
    {
        var outbox = _services.GetRequiredService<Outbox>();
        return Database.WriteAsync(
            t => outbox.EnqueueAsync(t, messages, priority, "officier", Cancellation),
            Cancellation
        );
    }

    public Task<int> CountReceivedAsync()
    {
        const string sql = "SELECT COUNT(*) FROM message WHERE direction = 'in'";
        return Database.ReadAsync(c => c.OneAsync<int>(sql, null, Cancellation), Cancellation);
    }

    /// <summary>Messages of ours without a receipt.</summary>
    public async Task<long> CountWaitingAsync() =>
        (await _services.GetRequiredService<LinkHealth>().ListAsync(Cancellation)).Sum(link => link.Waiting);

    public Task<IReadOnlyList<StoredMessage>> ListAsync(MessageDirection direction) =>
        Database.MessagesAsync(direction, Cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await EndedAsync();
        }

        await _services.DisposeAsync();
        await _store.DisposeAsync();
        await _log.DisposeAsync();
        if (!IsKept)
        {
            File.Delete(Home.Folder.TrimEnd('/') + ".log");
        }
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(Home);
        services.AddSingleton(Options);
        services.AddSingleton(TimeProvider.System);
        NodeHost.AddNode(services, Home, Options);
        return services.BuildServiceProvider();
    }

    private async Task SignalAsync(string name)
    {
        // Killed a moment ago it is no longer there to hang.
        if (_process is { HasExited: false } running)
        {
            using var kill = Process.Start("kill", [$"-{name}", $"{running.Id}"]);
            await kill.WaitForExitAsync(Cancellation);
        }
    }

    private void Note(string? line)
    {
        if (line is not null)
        {
            _log.WriteLine(line);
        }
    }
}
