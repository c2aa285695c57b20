using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Faults.Histories;

/// <summary>
/// Several nodes in one process. Nearly all that a start costs is compiling code, which they share: one SIGKILL is one for
/// each of them, wherever each of them is.
/// </summary>
internal sealed class Crowd(IReadOnlyList<NodeHome> nodes) : IAsyncDisposable
{
    public const string Verb = "--serve";

    private readonly IReadOnlyList<int> _pages = [.. nodes.Select(node => new Uri(node.Load().Pages).Port)];
    private Process? _process;

    public int Count => nodes.Count;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>In the process: the nodes start one beside the other, and stop when standard input ends.</summary>
    public static async Task<int> ServeAsync(IReadOnlyList<string> folders)
    {
        var apps = await Task.WhenAll(folders.Select(StartAsync));
        using var input = Console.OpenStandardInput();
        await input.CopyToAsync(Stream.Null);
        await Task.WhenAll(apps.Select(app => app.StopAsync()));
        return 0;
    }

    public void Start()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])[typeof(Crowd).Assembly.Location, Verb, .. nodes.Select(n => n.Folder)])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ENTENTE_LOG"] = "Error";
        start.Environment["DOTNET_TieredPGO"] = "0"; // None of it lives long enough to profit.
        _process = Process.Start(start)!; // Not null without shell execution.
        _process.OutputDataReceived += Note;
        _process.ErrorDataReceived += Note;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>
    /// Whether all of them listen. Not asked over HTTP: the first page asked for has a node compile all of its endpoints,
    /// which costs more than the rest of its start, and nothing here needs a page.
    /// </summary>
    public async Task<bool> IsReadyAsync() => (await Task.WhenAll(_pages.Select(ListensAsync))).All(listens => listens);

    private static async Task<bool> ListensAsync(int port)
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

    /// <summary>SIGKILL to all of them at once.</summary>
    public Task KillAsync()
    {
        _process!.Kill(); // Started.
        return EndedAsync();
    }

    public Task StopAsync()
    {
        _process!.StandardInput.Close(); // Started.
        return EndedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }
    }

    private static async Task<Microsoft.AspNetCore.Builder.WebApplication> StartAsync(string folder)
    {
        var app = NodeHost.Build(new NodeHome(folder));
        await app.Services.GetRequiredService<Migrator>().ApplyAsync(CancellationToken.None);
        await app.StartAsync();
        return app;
    }

    private async Task EndedAsync()
    {
        var process = _process!; // Started.
        await process.WaitForExitAsync(Cancellation);
        _process = null;
        process.Dispose();
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { Length: > 0 } said)
        {
            var log = Path.GetDirectoryName(nodes[0].Folder.TrimEnd('/')) + ".crowd.log"; // A folder has one around it.
            File.AppendAllText(log, string.Create(CultureInfo.InvariantCulture, $"{said}\n"));
        }
    }
}
