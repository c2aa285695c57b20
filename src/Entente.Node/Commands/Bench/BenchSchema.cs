using Dapper;
using Npgsql;

namespace Entente.Node.Commands.Bench;

/// <summary>A schema of its own for each node of a measurement on PostgreSQL.</summary>
internal static class BenchSchema
{
    public static string Of(string server, string node) => $"{server};Search Path={Name(node)}";

    public static async Task CreateAsync(string server, string node, CancellationToken cancellation) =>
        await RunAsync(server, $"DROP SCHEMA IF EXISTS {Name(node)} CASCADE; CREATE SCHEMA {Name(node)}", cancellation);

    public static async Task DropAsync(string server, CancellationToken cancellation)
    {
        foreach (var node in ExchangeBench.Nodes())
        {
            await RunAsync(server, $"DROP SCHEMA IF EXISTS {Name(node.Id)} CASCADE", cancellation);
        }
    }

    private static string Name(string node) => $"entente_bench_{node.Replace('.', '_')}";

    private static async Task RunAsync(string server, string sql, CancellationToken cancellation)
    {
        await using var admin = new NpgsqlConnection(server);
        await admin.ExecuteAsync(new CommandDefinition(sql, cancellationToken: cancellation));
    }
}
