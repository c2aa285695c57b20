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
            return new NpgsqlConnectionStringBuilder(connection).Host is null
                ? "That is no connection to PostgreSQL: it names no host (Host=…)."
                : null;
        }
        catch (ArgumentException e)
        {
            return $"That is no connection to PostgreSQL: {e.Message}";
        }
    }
}
