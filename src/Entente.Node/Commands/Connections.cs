using Entente.Node.Storage;
using Npgsql;

namespace Entente.Node.Commands;

/// <summary>A PostgreSQL connection as it stands on a command line.</summary>
internal static class Connections
{
    /// <returns>What is wrong with it, in words; null where it can be tried.</returns>
    public static string? Fault(string connection)
    {
        if (!Database.IsPostgres(connection))
        {
            return "That is no connection to PostgreSQL: it names no host (Host=…).";
        }

        try
        {
            var named = new NpgsqlConnectionStringBuilder(connection);
            return named.Host is null ? "That is no connection to PostgreSQL: it names no host (Host=…)."
                // Everybody on the machine sees what a command was called with, and the shell keeps it.
                : named is { Password.Length: > 0 } or { SslPassword.Length: > 0 }
                    ? "A password on the command line is seen by everybody on this machine: name a file of your own with Passfile=… instead."
                : null;
        }
        catch (ArgumentException e)
        {
            return $"That is no connection to PostgreSQL: {e.Message}";
        }
    }
}
