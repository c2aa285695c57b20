using System.Diagnostics;

namespace Entente.Node.Commands.Bench.Peers;

/// <summary>A command that does one thing and ends.</summary>
internal static class PeerCommand
{
    public static async Task<(string Output, string Error)> RunAsync(
        string program,
        string[] arguments,
        string? folder,
        CancellationToken cancellation
    )
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!; // A new process, or an exception.
        var error = process.StandardError.ReadToEndAsync(cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0
            ? (output, await error)
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await error}");
    }
}
