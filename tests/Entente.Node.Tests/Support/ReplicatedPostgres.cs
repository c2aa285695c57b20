using System.Diagnostics;
using System.Globalization;

namespace Entente.Node.Tests.Support;

/// <summary>
/// A PostgreSQL of the test's own with a synchronous standby, out of the system's programs: what Patroni keeps, without
/// Patroni. Skipped in plain words where the programs are not there.
/// </summary>
internal sealed class ReplicatedPostgres : IAsyncDisposable
{
    private readonly string _programs;
    private readonly string _folder;
    private readonly int _first = TestNode.FreePort();
    private readonly int _second = TestNode.FreePort();

    private ReplicatedPostgres(string programs, string folder) => (_programs, _folder) = (programs, folder);

    /// <summary>Names both; whichever is the primary answers.</summary>
    public string ConnectionString =>
        $"Host=127.0.0.1:{_first},127.0.0.1:{_second};Username=entente;Database=postgres;"
        + "Target Session Attributes=primary;Host Recheck Seconds=1;Timeout=3;Keepalive=2";

    private string Primary => Path.Combine(_folder, "primary");

    private string Standby => Path.Combine(_folder, "standby");

    public static async Task<ReplicatedPostgres> StartAsync()
    {
        var programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .EnumerateDirectories("/usr/lib/postgresql")
                .Select(version => Path.Combine(version, "bin"))
                .LastOrDefault(bin => File.Exists(Path.Combine(bin, "pg_basebackup")))
            : null;
        if (programs is null)
        {
            Assert.Skip("The programs of PostgreSQL are not installed (/usr/lib/postgresql).");
        }

        var started = new ReplicatedPostgres(programs, Directory.CreateTempSubdirectory("entente-pg-").FullName);
        await started.BeginAsync();
        return started;
    }

    /// <summary>The primary dies without a word; the standby takes over.</summary>
    public async Task FailOverAsync()
    {
        await RunAsync("pg_ctl", $"-D {Primary} -m immediate stop");
        await RunAsync("pg_ctl", $"-D {Standby} -w promote");
    }

    /// <summary>The standby dies: what is written now is on one disk, and no commit may be called done.</summary>
    public Task LoseStandbyAsync() => RunAsync("pg_ctl", $"-D {Standby} -m immediate stop");

    public Task ReturnStandbyAsync() => RunAsync("pg_ctl", Serve(Standby, _second));

    public async ValueTask DisposeAsync()
    {
        await RunAsync("pg_ctl", $"-D {Standby} -m immediate stop", mayFail: true);
        await RunAsync("pg_ctl", $"-D {Primary} -m immediate stop", mayFail: true);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task BeginAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root.
            await ShellAsync("chown", $"postgres {_folder}");
        }

        await RunAsync("initdb", $"-D {Primary} -A trust -U entente --no-sync --locale=C.UTF-8 -E UTF8");
        await RunAsync("pg_ctl", Serve(Primary, _first));
        await RunAsync("pg_basebackup", $"-h 127.0.0.1 -p {_first} -U entente -D {Standby} -R -c fast --no-sync");
        await RunAsync("pg_ctl", Serve(Standby, _second));
        await SqlAsync("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await SqlAsync("SELECT pg_reload_conf()");
    }

    private string Serve(string data, int port) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"-D {data} -w -l {data}.log -o \"-p {port} -k {_folder} -c listen_addresses=127.0.0.1 -c wal_keep_size=64\" start"
        );

    private Task SqlAsync(string sql) =>
        RunAsync("psql", $"-h 127.0.0.1 -p {_first} -U entente -d postgres -c \"{sql}\"");

    private Task RunAsync(string program, string arguments, bool mayFail = false) =>
        Environment.IsPrivilegedProcess
            ? ShellAsync("runuser", $"-u postgres -- {Path.Combine(_programs, program)} {arguments}", mayFail)
            : ShellAsync(Path.Combine(_programs, program), arguments, mayFail);

    private async Task ShellAsync(string program, string arguments, bool mayFail = false)
    {
        // Not redirected: a server that stays would keep the pipe open.
        using var process = Process.Start(
            new ProcessStartInfo("sh") { ArgumentList = { "-c", $"cd / && {program} {arguments} >/dev/null 2>&1" } }
        )!; // Not null without shell execution.
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (!mayFail && process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {arguments} ended with {process.ExitCode}.");
        }
    }
}
