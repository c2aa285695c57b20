using System.Diagnostics;
using System.Net;

namespace Entente.Node.Commands.Demo;

/// <summary>
/// A node running as a process of its own, as in real life. It stops cleanly when our end of its standard input closes,
/// so no node outlives the command that started it, however that ends.
/// </summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);
    private readonly Process _process;
    private readonly TextWriter _log;
    private readonly string _logFile;

    private NodeProcess(Process process, TextWriter log, string logFile)
    {
        _process = process;
        _log = log;
        _logFile = logFile;
    }

    /// <summary>Completes when the node has ended, for whatever reason.</summary>
    public Task Ended(CancellationToken cancellation) => _process.WaitForExitAsync(cancellation);

    /// <summary>Memory the node holds now (resident set), in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Processor time the node has taken so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>This program, with its three streams in our hands.</summary>
    public static ProcessStartInfo Program()
    {
        // The program itself, or the framework's host when something else (a benchmark) starts the node.
        var own = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "entente";
        var start = new ProcessStartInfo(own ? Environment.ProcessPath! : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (!own)
        {
            start.ArgumentList.Add(typeof(NodeProcess).Assembly.Location);
        }

        return start;
    }

    public static NodeProcess Start(string folder, TimeProvider clock)
    {
        var logFile = Path.Combine(folder, "node.log");
        var start = Program();
        foreach (var argument in (string[])["serve", "--dir", folder, "--until-input-ends"])
        {
            start.ArgumentList.Add(argument);
        }

        var process = new Process { StartInfo = start };
        var log = TextWriter.Synchronized(new StreamWriter(logFile, append: true) { AutoFlush = true });
        log.WriteLine($"--- {clock.GetUtcNow():u}");
        process.OutputDataReceived += (_, line) => log.WriteLine(line.Data);
        process.ErrorDataReceived += (_, line) => log.WriteLine(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new NodeProcess(process, log, logFile);
    }

    /// <exception cref="InvalidOperationException">The node ended, or did not become ready within half a minute.</exception>
    public async Task WaitUntilReadyAsync(string pages, CancellationToken cancellation)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await IsReadyAsync(client, pages, patience.Token))
        {
            if (_process.HasExited || patience.IsCancellationRequested)
            {
                throw new InvalidOperationException($"The node at {pages} did not start; see {_logFile}");
            }

            await Task.Delay(50, cancellation);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, string pages, CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri($"{pages}/health/ready"), cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // Not listening yet.
        }
        catch (OperationCanceledException)
        {
            return false; // Slow to answer, or patience ran out: the caller decides.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(StopPatience);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
        await _log.DisposeAsync();
    }
}
