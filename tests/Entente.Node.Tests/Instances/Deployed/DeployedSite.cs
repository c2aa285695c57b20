using System.Globalization;
using Entente.Node.Tests.Support;
using Npgsql;

namespace Entente.Node.Tests.Instances.Deployed;

/// <summary>
/// What `deploy/high-availability.md` describes, on one machine: etcd, two PostgreSQL kept by Patroni, HAProxy before them
/// and before the node's instances, PgBouncer between. Skipped in plain words where a program is not installed.
/// </summary>
internal sealed class DeployedSite : IAsyncDisposable
{
    private const string Password = "node of the test";
    private static readonly TimeSpan StartingIsSlow = TimeSpan.FromMinutes(2);
    private readonly List<Daemon> _daemons = [];
    private readonly string _folder;
    private readonly int _etcd = TestNode.FreePort();
    private readonly int _primary = TestNode.FreePort();
    private readonly int _pooler = TestNode.FreePort();

    private DeployedSite(string folder, string programs)
    {
        _folder = folder;
        Servers = [.. ((string[])["pg1", "pg2"]).Select(name => new PatroniServer(folder, name, programs, _etcd))];
    }

    public IReadOnlyList<PatroniServer> Servers { get; }

    public InstanceDoors Doors { get; } = InstanceDoors.Free(instances: 2);

    public string Authority => Path.Combine(_folder, "ca.crt");

    /// <summary>By PgBouncer, as `pgbouncer.ini` says.</summary>
    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder(Direct) { Port = _pooler, NoResetOnClose = true }.ConnectionString
        + ";Max Auto Prepare=0";

    /// <summary>By HAProxy to the primary: for what a pooler in transaction mode does not pass on.</summary>
    public string Direct =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "localhost",
            Port = _primary,
            Database = "entente",
            Username = "entente",
            Password = Password,
            SslMode = SslMode.VerifyFull,
            RootCertificate = Authority,
            KeepAlive = 15,
        }.ConnectionString;

    public static async Task<DeployedSite> StartAsync()
    {
        var programs = Programs();
        var site = new DeployedSite(Directory.CreateTempSubdirectory("entente-site-").FullName, programs);
        try
        {
            await site.BeginAsync();
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers)
        {
            await server.DisposeAsync();
        }

        foreach (var daemon in _daemons)
        {
            await daemon.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string Programs()
    {
        string[] needed = ["patroni", "etcd", "pgbouncer", "haproxy"];
        if (needed.FirstOrDefault(program => !Daemon.IsInstalled(program)) is { } missing)
        {
            Assert.Skip($"{missing} is not installed (packages patroni, etcd-server, pgbouncer, haproxy).");
        }

        const string postgres = "/usr/lib/postgresql";
        var version = Directory.Exists(postgres)
            ? Directory.EnumerateDirectories(postgres).Order().LastOrDefault()
            : null;
        if (version is null)
        {
            Assert.Skip("The programs of PostgreSQL are not installed (/usr/lib/postgresql).");
        }

        return Path.Combine(version, "bin");
    }

    private async Task BeginAsync()
    {
        SiteCertificates.WriteTo(_folder);
        var peers = TestNode.FreePort();
        Etcd(peers).SaveTo(Path.Combine(_folder, "etcd.yml"));
        Proxy().SaveTo(Path.Combine(_folder, "haproxy.cfg"));
        Pooler().SaveTo(Path.Combine(_folder, "pgbouncer.ini"));
        File.WriteAllText(Path.Combine(_folder, "userlist.txt"), $"\"entente\" \"{Password}\"\n");
        Servers.ToList().ForEach(server => server.Configure());
        if (Environment.IsPrivilegedProcess)
        {
            using var chown = System.Diagnostics.Process.Start("chown", ["-R", "postgres", _folder]);
            await chown.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Run("etcd", "--config-file", "etcd.yml");
        await TestNode.WaitUntilAsync(() => Daemon.ListensAsync(_etcd), StartingIsSlow);
        Servers[0].Start();
        await TestNode.WaitUntilAsync(Servers[0].IsPrimaryAsync, StartingIsSlow);
        Servers[1].Start();
        Run("haproxy", "-db", "-f", "haproxy.cfg");
        Run("pgbouncer", "pgbouncer.ini");
        // Without it nothing can be written: `synchronous_mode_strict`.
        await TestNode.WaitUntilAsync(Servers[1].IsSynchronousAsync, StartingIsSlow);
        await Servers[0].SqlAsync($"CREATE ROLE entente LOGIN PASSWORD '{Password}'");
        await Servers[0].SqlAsync("CREATE DATABASE entente OWNER entente");
        await TestNode.WaitUntilAsync(() => Daemon.ListensAsync(_pooler), StartingIsSlow);
    }

    private void Run(params string[] command) => _daemons.Add(Daemon.Start(_folder, $"{command[0]}.log", command));

    private DeployFile Etcd(int peers) =>
        DeployFile
            .Read("etcd.yml")
            .With(",etcd2=https://etcd2.internal:2380,etcd3=https://etcd3.internal:2380", "")
            .With("0.0.0.0:2379", $"127.0.0.1:{_etcd}")
            .With("etcd1.internal:2379", $"127.0.0.1:{_etcd}")
            .With("0.0.0.0:2380", $"127.0.0.1:{peers}")
            .With("etcd1.internal:2380", $"127.0.0.1:{peers}")
            .With("/var/lib/etcd/entente", Path.Combine(_folder, "etcd"))
            .With("/etc/etcd/tls/peer", "/etc/etcd/tls/server")
            .With("/etc/etcd/tls", _folder);

    private DeployFile Pooler() =>
        DeployFile
            .Read("pgbouncer.ini")
            .With(
                "host=primary.internal port=5432",
                string.Create(CultureInfo.InvariantCulture, $"host=localhost port={_primary}")
            )
            .With("listen_addr = 0.0.0.0", "listen_addr = 127.0.0.1")
            .With("listen_port = 6432", string.Create(CultureInfo.InvariantCulture, $"listen_port = {_pooler}"))
            .With("unix_socket_dir = /var/run/postgresql", $"unix_socket_dir = {_folder}")
            .With("/etc/pgbouncer/tls", _folder)
            .With("/etc/pgbouncer", _folder);

    private DeployFile Proxy() =>
        DeployFile
            .Read("haproxy.cfg")
            .WithoutLinesOf("pg3")
            .WithoutLinesOf("node3")
            .With("*:5432", $"127.0.0.1:{_primary}")
            .With("*:443", $"127.0.0.1:{Doors.Pages}")
            .With("*:8443", $"127.0.0.1:{Doors.Link}")
            .With("pg1.internal:5432 check port 8008", $"127.0.0.1:{Servers[0].Port} check port {Servers[0].Rest}")
            .With("pg2.internal:5432 check port 8008", $"127.0.0.1:{Servers[1].Port} check port {Servers[1].Rest}")
            .With("node1.internal:8443 check port 8080", Behind(0))
            .With("node2.internal:8443 check port 8080", Behind(1))
            .With("node1.internal:8080", $"127.0.0.1:{Doors.PagePorts[0]}")
            .With("node2.internal:8080", $"127.0.0.1:{Doors.PagePorts[1]}")
            .With("/etc/haproxy/tls", _folder);

    private string Behind(int instance) =>
        $"127.0.0.1:{Doors.LinkPorts[instance]} check port {Doors.PagePorts[instance]}";
}
