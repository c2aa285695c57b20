using System.Data.Common;
using System.Diagnostics;
using Entente.Node.Features.Delivery;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Tests.Support;

/// <summary>One node as several processes over one PostgreSQL, behind a balancer, to be killed without a word.</summary>
internal sealed class InstancesNode : IAsyncDisposable
{
    private readonly TestStore _store;
    private readonly ServiceProvider _services;
    private readonly Balancer? _balancer;
    private readonly IReadOnlyList<NodeHome> _homes;
    private readonly Dictionary<int, Process> _running = [];

    private InstancesNode(
        TestStore store,
        ServiceProvider services,
        Balancer? balancer,
        IReadOnlyList<NodeHome> homes
    ) => (_store, _services, _balancer, _homes) = (store, services, balancer, homes);

    /// <summary>The node's services in this process, as one more instance that serves nothing.</summary>
    public IServiceProvider Services => _services;

    public NodeHome Home => _store.Home;

    public int Count => _homes.Count;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="server">Where the database is the test's matter: its connection string.</param>
    /// <param name="events">The connection string of `databaseEvents`.</param>
    /// <param name="doors">Where another balancer stands before them.</param>
    public static async Task<InstancesNode> CreateAsync(
        string node,
        int instances,
        string? server = null,
        string? events = null,
        InstanceDoors? doors = null
    )
    {
        var store = await TestStore.CreateAsync(nameof(Engine.Postgres), node: node, server: server);
        var at = doors ?? InstanceDoors.Free(instances);
        var options = store.Options with
        {
            Link = $"https://127.0.0.1:{at.Link}",
            DatabaseEvents = events,
            Log = "None",
        };
        store.Home.Save(options);
        var homes = Enumerable
            .Range(0, instances)
            .Select(i => InstanceHome.Copy(store.Home, options, at.PagePorts[i], at.LinkPorts[i], i))
            .ToList();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(store.Home);
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        NodeHost.AddNode(services, store.Home, options);
        return new InstancesNode(
            store,
            services.BuildServiceProvider(),
            doors is null ? new Balancer(at.Link, at.LinkPorts) : null,
            homes
        );
    }

    public void Start(int instance)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "entente.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[program, "serve", "--dir", _homes[instance].Folder, "--until-input-ends"])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!; // Not null without shell execution.
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        _running[instance] = process;
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is said.</summary>
    public async Task KillAsync(int instance)
    {
        if (_running.Remove(instance, out var process))
        {
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
            process.Dispose();
        }
    }

    /// <summary>Answers officers' browsers: it has started.</summary>
    public async Task<bool> IsReadyAsync(int instance)
    {
        using var http = new HttpClient { BaseAddress = new Uri(_homes[instance].Load().Pages) };
        try
        {
            return (await http.GetAsync("/health/ready", Cancellation)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public Uri Pages(int instance) => new(_homes[instance].Load().Pages);

    public Task SendAsync(IReadOnlyList<Message> messages)
    {
        var outbox = _services.GetRequiredService<Outbox>();
        var database = _services.GetRequiredService<Database>();
        return database.WriteAsync(t => outbox.EnqueueAsync(t, messages, 1, "officier", Cancellation), Cancellation);
    }

    /// <summary>As an officer does: who was not told 'sent' looks whether it is, and sends again if not.</summary>
    public Task SendPatientlyAsync(IReadOnlyList<Message> messages, TimeSpan patience) =>
        TestNode.WaitUntilAsync(
            async () =>
            {
                try
                {
                    if (await FindAsync(messages[0]) is null)
                    {
                        await SendAsync(messages);
                    }

                    return true;
                }
                catch (DbException)
                {
                    return false;
                }
            },
            patience
        );

    public Task<StoredMessage?> FindAsync(Message message) =>
        _services.GetRequiredService<MessageStore>().FindAsync(message.Id.ToString(), Cancellation);

    public Task<IReadOnlyList<StoredMessage>> ListAsync(MessageDirection direction) =>
        _services.GetRequiredService<Database>().MessagesAsync(direction, Cancellation);

    /// <summary>Messages of ours without a receipt.</summary>
    public async Task<long> CountWaitingAsync() =>
        (await _services.GetRequiredService<LinkHealth>().ListAsync(Cancellation)).Sum(link => link.Waiting);

    /// <summary>Which instance serves each link, as the leases say.</summary>
    public Task<IReadOnlyList<string>> ServingAsync()
    {
        const string sql = "SELECT instance FROM link_lease ORDER BY partner";
        var database = _services.GetRequiredService<Database>();
        return database.ReadAsync(c => c.ListAsync<string>(sql, null, Cancellation), Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _running.Keys.ToList())
        {
            await KillAsync(instance);
        }

        if (_balancer is not null)
        {
            await _balancer.DisposeAsync();
        }

        await _services.DisposeAsync();
        await _store.DisposeAsync();
        foreach (var home in _homes)
        {
            Directory.Delete(home.Folder, recursive: true);
        }
    }
}
