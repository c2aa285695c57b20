using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Entente.Node.Commands.Bench.Peers;

/// <summary>A server of the machine's packages, started beside the machine's own, with a configuration that goes away with it.</summary>
internal sealed class PeerServer(Process process) : IAsyncDisposable
{
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Append("/usr/sbin")
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);

    public static PeerServer Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!; // A new process, or an exception.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new PeerServer(process);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Connects as soon as it listens.</summary>
    public static async Task<TcpClient> ConnectAsync(string address, int port, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var client = new TcpClient { NoDelay = true };
            try
            {
                await client.ConnectAsync(IPAddress.Parse(address), port, cancellation);
                return client;
            }
            catch (SocketException)
            {
                client.Dispose();
                if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(30))
                {
                    throw new InvalidOperationException($"Nothing listens at {address}:{port}.");
                }

                await Task.Delay(100, cancellation);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
