using System.Data.Common;
using Entente.Node.Features.Backup;

namespace Entente.Node.Commands;

/// <summary>The edge of the verbs about backups: a problem is told in its own words.</summary>
internal static class BackupTask
{
    public static async Task<int> RunAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (BackupRefused refused)
        {
            return await SayAsync(refused.Problem.Words);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException)
        {
            return await SayAsync(e.Message);
        }
    }

    public static async Task<int> SayAsync(string words)
    {
        await Console.Error.WriteLineAsync(words);
        return ExitCode.NotAllHeld;
    }
}
