using System.CommandLine;
using System.CommandLine.Invocation;
using System.Data.Common;
using System.Net.Sockets;
using Entente.Node.Features.Backup;
using Entente.Node.Hosting;
using Npgsql;

namespace Entente.Node.Commands;

/// <summary>
/// The edge of the command line: what disks, databases, settings and signals cause is said in a line, with an exit code for
/// scripts; anything else is a fault of the program and shows where it is.
/// </summary>
internal static class Edge
{
    // Until what was begun is put away: after that the process ends, whatever it does.
    private static readonly TimeSpan PutAway = TimeSpan.FromMinutes(1);

    public static async Task<int> RunAsync(ParseResult parsed)
    {
        if (parsed.Action is ParseErrorAction misunderstood)
        {
            // The line that is wrong, and where to read on: not the whole help below it.
            misunderstood.ShowHelp = parsed.CommandResult.Command.Subcommands.Count > 0;
            await parsed.InvokeAsync();
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = PutAway,
                }
            );
        }
        catch (OperationCanceledException)
        {
            return await SayAsync("Stopped.", ExitCode.Stopped);
        }
        catch (Exception e) when (Words(e) is { } words)
        {
            return await SayAsync(words, ExitCode.NotAllHeld);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return await SayAsync($"A fault of entente itself; please report it with these lines. {e}", ExitCode.Fault);
        }
    }

    /// <summary>What the operator can do something about; null for anything else.</summary>
    private static string? Words(Exception e) =>
        e switch
        {
            BackupRefused refused => refused.Problem.Words,
            NpgsqlException { InnerException: SocketException } => $"{e.Message}. Is PostgreSQL running there?",
            NodeUnusable or IOException or UnauthorizedAccessException or DbException => e.Message,
            _ => null,
        };

    private static async Task<int> SayAsync(string words, int exit)
    {
        await Console.Error.WriteLineAsync(words);
        return exit;
    }
}
