using System.Diagnostics;
using System.Globalization;
using System.Net;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Instances.Deployed;

/// <summary>One machine of the database: Patroni by `deploy/patroni.yml`, and the PostgreSQL that it starts.</summary>
internal sealed class PatroniServer(string folder, string name, string programs, int etcd) : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Secrets = new()
    {
        ["PATRONI_SUPERUSER_PASSWORD"] = "superuser of the test",
        ["PATRONI_REPLICATION_PASSWORD"] = "replication of the test",
        ["PATRONI_REWIND_PASSWORD"] = "rewind of the test",
    };

    private Daemon? _patroni;

    public int Port { get; } = TestNode.FreePort();

    /// <summary>Patroni's own door, where HAProxy asks who is primary.</summary>
    public int Rest { get; } = TestNode.FreePort();

    private string Data => Path.Combine(folder, name);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Configure()
    {
        var file = DeployFile
            .Read("patroni.yml")
            .With("name: pg1", $"name: {name}")
            .With("0.0.0.0:8008", $"127.0.0.1:{Rest}")
            .With("pg1.internal:8008", $"127.0.0.1:{Rest}")
            .With("[etcd1.internal:2379, etcd2.internal:2379, etcd3.internal:2379]", $"[127.0.0.1:{etcd}]")
            .With("/etc/patroni/tls/client", $"{folder}/server")
            .With("/etc/patroni/tls", folder)
            // A test has no half minute to wait for a dead primary's lease.
            .With("ttl: 30", "ttl: 8")
            .With("loop_wait: 10", "loop_wait: 2")
            .With("retry_timeout: 10", "retry_timeout: 3")
            .With("shared_buffers: 8GB", "shared_buffers: 32MB")
            .With("effective_cache_size: 24GB", "effective_cache_size: 64MB")
            .With("maintenance_work_mem: 1GB", "maintenance_work_mem: 32MB")
            .With("max_wal_size: 16GB", "max_wal_size: 128MB")
            .With("10.0.0.0/8", "127.0.0.1/32")
            .With("0.0.0.0:5432", $"127.0.0.1:{Port}")
            .With("pg1.internal:5432", $"127.0.0.1:{Port}")
            .With("/var/lib/postgresql/15/entente", Data)
            .With("/usr/lib/postgresql/15/bin", programs)
            .With("/etc/postgresql/tls", folder)
            .With("ssl: \"on\"", $"unix_socket_directories: {folder}\n    ssl: \"on\"")
            // The device of a real machine.
            .With("mode: required", "mode: off");
        if (!Environment.IsPrivilegedProcess)
        {
            file.With("local all postgres peer", "local all postgres trust");
        }

        file.SaveTo(Path.Combine(folder, $"{name}.yml"));
    }

    public void Start() =>
        _patroni = Daemon.Start(folder, $"{name}.log", ["patroni", Path.Combine(folder, $"{name}.yml")], Secrets);

    public Task<bool> IsPrimaryAsync() => AnswersAsync("primary");

    /// <summary>A standby that has everything the primary ever called done.</summary>
    public Task<bool> IsSynchronousAsync() => AnswersAsync("synchronous");

    /// <summary>The machine dies: SIGKILL to Patroni, to PostgreSQL and to all its processes.</summary>
    public async Task KillAsync()
    {
        if (_patroni is null)
        {
            return;
        }

        await _patroni.DisposeAsync();
        _patroni = null;
        var pid = Path.Combine(Data, "postmaster.pid");
        if (File.Exists(pid) && int.TryParse(File.ReadLines(pid).First(), CultureInfo.InvariantCulture, out var id))
        {
            try
            {
                using var postgres = Process.GetProcessById(id);
                postgres.Kill(entireProcessTree: true);
                await postgres.WaitForExitAsync(CancellationToken.None);
            }
            catch (ArgumentException)
            {
                // It was down already.
            }
        }
    }

    /// <summary>As the superuser, by the socket.</summary>
    public Task SqlAsync(string sql) =>
        Daemon.RunAsync(
            folder,
            [
                Path.Combine(programs, "psql"),
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                folder,
                "-p",
                Port.ToString(CultureInfo.InvariantCulture),
                "-U",
                "postgres",
                "-c",
                sql,
            ]
        );

    public ValueTask DisposeAsync() => new(KillAsync());

    private async Task<bool> AnswersAsync(string question)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{Rest}/{question}"), Cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
