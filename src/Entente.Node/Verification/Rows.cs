using System.Data.Common;
using Dapper;

namespace Entente.Node.Verification;

/// <summary>Reads in pages by key: a store of any size passes through the same small memory.</summary>
internal static class Rows
{
    public const int Page = 4000;

    public static async Task<List<T>> ListAsync<T>(
        this DbConnection connection,
        string sql,
        object? values,
        CancellationToken cancellation
    ) => (await connection.QueryAsync<T>(new CommandDefinition(sql, values, cancellationToken: cancellation))).AsList();

    public static Task<long> CountAsync(this DbConnection connection, string sql, CancellationToken cancellation) =>
        connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, cancellationToken: cancellation));
}
