using System.Diagnostics;
using System.Net.Sockets;

namespace Entente.Node.Tests.Instances.Deployed;

/// <summary>A server of the system's packages, started by hand in a folder of the test's: the machine's own are left alone.</summary>
internal sealed class Daemon : IAsyncDisposable
{
    private readonly Process _process;

    private Daemon(Process process) => _process = process;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="folder">Where it works and its log lies. Root's servers run as the user postgres, who owns it.</param>
    public static Daemon Start(string folder, string log, string[] command, Dictionary<string, string>? secrets = null)
    {
        var start = new ProcessStartInfo("sh") { WorkingDirectory = folder };
        // Each step replaces the one before: the process that is started is the server.
        string[] whole =
        [
            "-c",
            "exec \"$@\" >>\"$0\" 2>&1 </dev/null",
            Path.Combine(folder, log),
            .. AsServer,
            .. command,
        ];
        foreach (var argument in whole)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["HOME"] = folder;
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin";
        foreach (var (name, value) in secrets ?? [])
        {
            start.Environment[name] = value;
        }

        return new Daemon(Process.Start(start)!); // Not null without shell execution.
    }

    /// <summary>A command that ends, and must end well.</summary>
    public static async Task RunAsync(string folder, string[] command)
    {
        var daemon = Start(folder, "commands.log", command);
        await daemon._process.WaitForExitAsync(Cancellation);
        daemon._process.ExitCode.ShouldBe(0, string.Join(' ', command));
        daemon._process.Dispose();
    }

    public static bool IsInstalled(string program) =>
        ((string[])["/usr/bin", "/usr/sbin", "/usr/local/bin"]).Any(d => File.Exists(Path.Combine(d, program)));

    public static async Task<bool> ListensAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port, Cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>SIGKILL to it and to all that it started.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    // setpriv becomes the server; runuser would stay before it and be killed in its place.
    private static string[] AsServer =>
        Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]
            : [];
}
