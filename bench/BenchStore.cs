using Dapper;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Entente.Bench;

/// <summary>A node's folder with a migrated store, thrown away at the end.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    private readonly string? _server;
    private readonly string _schema;
    private bool _stays;
    private NodeOptions _options = null!; // Set by CreateAsync.

    private BenchStore(string? server, string node)
    {
        _server = server;
        _schema = $"bench{Environment.ProcessId}_{node[..2]}";
    }

    public NodeHome Home { get; private init; } = null!; // Set by whoever makes it.

    public Database Database { get; private set; } = null!; // Set by CreateAsync.

    public string ConnectionString { get; private set; } = "";

    public static async Task<BenchStore> CreateAsync(string? server, string node = "ma.interieur")
    {
        var store = new BenchStore(server, node)
        {
            Home = new NodeHome(Directory.CreateTempSubdirectory("entente-bench-").FullName),
        };
        string? database = null;
        if (server is not null)
        {
            await store.AdminAsync($"CREATE SCHEMA \"{store._schema}\"");
            database = $"{server};Search Path={store._schema}";
        }

        var options = new NodeOptions
        {
            Node = node,
            Country = node[..2].ToUpperInvariant(),
            Names = new Dictionary<string, string> { ["fr"] = "Banc d’essai" },
            Pages = "http://localhost:0",
            Link = "https://localhost:0",
            Database = database,
        };
        store._options = options;
        await NodeSetup.CreateAsync(store.Home, options, TimeProvider.System, CancellationToken.None);
        store.ConnectionString = store.Home.ConnectionString(options);
        store.Database = new Database(store.ConnectionString);
        return store;
    }

    /// <summary>A store that an earlier run left behind, migrated to what the program needs; it stays.</summary>
    public static async Task<BenchStore> OpenAsync(string folder)
    {
        var home = new NodeHome(folder);
        var store = new BenchStore(null, home.Load().Node)
        {
            Home = home,
            _options = home.Load(),
            _stays = true,
        };
        store.ConnectionString = home.ConnectionString(store._options);
        store.Database = new Database(store.ConnectionString);
        await new Migrator(store.Database, TimeProvider.System).ApplyAsync(CancellationToken.None);
        return store;
    }

    /// <summary>The node's services as the program registers them, on this store.</summary>
    public ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(Home);
        services.AddSingleton(_options);
        services.AddSingleton(TimeProvider.System);
        NodeHost.AddNode(services, Home, _options);
        return services.BuildServiceProvider();
    }

    /// <summary>Takes the schema's contents away again, as before the first start.</summary>
    public async Task EmptyAsync()
    {
        await AdminAsync($"DROP SCHEMA \"{_schema}\" CASCADE; CREATE SCHEMA \"{_schema}\"");
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (_server is not null)
        {
            await AdminAsync($"DROP SCHEMA \"{_schema}\" CASCADE");
        }

        if (!_stays)
        {
            Directory.Delete(Home.Folder, recursive: true);
        }
    }

    private async Task AdminAsync(string sql)
    {
        await using var admin = new NpgsqlConnection(_server);
#pragma warning disable CA2100 // The name is made above.
        await admin.ExecuteAsync(sql);
#pragma warning restore CA2100
    }
}
