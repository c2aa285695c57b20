using Dapper;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Entente.Node.Tests.Support;

/// <summary>
/// A node's folder with a migrated database of its own on the engine asked for, thrown away at the end. PostgreSQL comes
/// from ENTENTE_TEST_POSTGRES; without it the test is skipped at a desk and fails in CI.
/// </summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly string? _server;
    private readonly string? _schema;

    private TestStore(NodeHome home, NodeOptions options, Database database, string? server, string? schema)
    {
        _server = server;
        Home = home;
        Options = options;
        Database = database;
        _schema = schema;
    }

    public NodeHome Home { get; }

    public NodeOptions Options { get; }

    public Database Database { get; private set; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The folder and the schema stay when the test is over, for whoever looks into its failure.</summary>
    public bool IsKept { get; set; }

    /// <param name="where">An empty folder for the node; null for one that is made and thrown away.</param>
    /// <param name="server">A database that is the test's and all this node's: no schema is made in it.</param>
    public static async Task<TestStore> CreateAsync(
        string engine,
        TimeProvider? clock = null,
        string node = "ma.interieur",
        string? where = null,
        string? server = null
    )
    {
        var folder = where ?? Directory.CreateTempSubdirectory("entente-test-").FullName;
        var home = new NodeHome(folder);
        string? schema = null;
        var connectionString = server is null ? null : $"{server};Maximum Pool Size=10";
        if (engine == nameof(Engine.Postgres) && server is null)
        {
            server = PostgresOrSkip();
            schema = "t" + new Ids(TimeProvider.System).New().Replace("-", "", StringComparison.Ordinal);
            await using var admin = new NpgsqlConnection(server);
            await admin.OpenAsync();
#pragma warning disable CA2100 // The name is made here.
            await admin.ExecuteAsync($"CREATE SCHEMA \"{schema}\"");
#pragma warning restore CA2100
            connectionString = $"{server};Search Path={schema};Maximum Pool Size=10";
        }

        var options = new NodeOptions
        {
            Node = node,
            Country = node[..2].ToUpperInvariant(),
            Names = new Dictionary<string, string> { ["fr"] = node },
            Pages = "http://localhost:0",
            Link = "https://localhost:0",
            Database = connectionString,
            Log = nameof(LogLevel.Error),
        };
        await NodeSetup.CreateAsync(home, options, clock ?? TimeProvider.System, CancellationToken.None);
        var database = new Database(home.ConnectionString(options));
        return new TestStore(home, options, database, server, schema) { Clock = clock ?? TimeProvider.System };
    }

    /// <summary>The node's services as the program registers them, on this store.</summary>
    public ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(Home);
        services.AddSingleton(Options);
        services.AddSingleton(Clock);
        NodeHost.AddNode(services, Home, Options);
        return services.BuildServiceProvider();
    }

    /// <summary>Takes the schema away again, as before the first start.</summary>
    public async Task EmptyAsync()
    {
        if (_schema is null)
        {
            await Database.DisposeAsync();
            File.Delete(Home.DatabaseFile);
            Database = new Database(Home.ConnectionString(Options));
            return;
        }

#pragma warning disable CA2100 // The name is made here.
        await Database.WriteAsync(
            t => t.Connection.ExecuteAsync($"DROP SCHEMA \"{_schema}\" CASCADE; CREATE SCHEMA \"{_schema}\""),
            CancellationToken.None
        );
#pragma warning restore CA2100
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (IsKept)
        {
            return;
        }

        if (_schema is not null)
        {
            await using var admin = new NpgsqlConnection(_server);
            await admin.OpenAsync();
#pragma warning disable CA2100 // The name is made here.
            await admin.ExecuteAsync($"DROP SCHEMA \"{_schema}\" CASCADE");
#pragma warning restore CA2100
        }

        Directory.Delete(Home.Folder, recursive: true);
    }

    private static string PostgresOrSkip()
    {
        var server = Environment.GetEnvironmentVariable("ENTENTE_TEST_POSTGRES");
        if (server is null)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
            {
                Assert.Fail("ENTENTE_TEST_POSTGRES is not set: CI must test both engines.");
            }

            Assert.Skip("PostgreSQL is not configured (ENTENTE_TEST_POSTGRES).");
        }

        return server;
    }
}
