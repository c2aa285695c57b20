using System.Data.Common;
using Dapper;

namespace Entente.Node.Storage;

/// <summary>Dapper with the transaction and the cancellation already passed on, so that neither can be forgotten.</summary>
internal static class Queries
{
    public static async Task<int> RunAsync(this Transaction t, string sql, object? with, CancellationToken cancellation)
    {
        await t.FlushAsync();
        return await t.Connection.ExecuteAsync(
            new CommandDefinition(sql, with, t.Inner, cancellationToken: cancellation)
        );
    }

    public static async Task<T?> OneAsync<T>(
        this Transaction t,
        string sql,
        object? with,
        CancellationToken cancellation
    )
    {
        await t.FlushAsync();
        return await t.Connection.QueryFirstOrDefaultAsync<T>(
            new CommandDefinition(sql, with, t.Inner, cancellationToken: cancellation)
        );
    }

    /// <summary>Rows that were kept back go before whatever is asked; in the ordinary way, without holding up a thread.</summary>
    private static Task FlushAsync(this Transaction t) => t.Gathering?.FlushAsync() ?? Task.CompletedTask;

    /// <summary>About rows that no repeatable work writes: asked once for all works that are gathered together.</summary>
    public static Task<T?> OnceAsync<T>(this Transaction t, string sql, object with, CancellationToken cancellation) =>
        t.Gathering is { } gathering
            ? gathering.OnceAsync<T>(sql, with, cancellation)
            : t.OneAsync<T>(sql, with, cancellation);

    public static async Task<IReadOnlyList<T>> ListAsync<T>(
        this Transaction t,
        string sql,
        object? with,
        CancellationToken cancellation
    )
    {
        await t.FlushAsync();
        var rows = await t.Connection.QueryAsync<T>(
            new CommandDefinition(sql, with, t.Inner, cancellationToken: cancellation)
        );
        return rows.AsList();
    }

    public static Task<T?> OneAsync<T>(this DbConnection c, string sql, object? with, CancellationToken cancellation) =>
        c.QueryFirstOrDefaultAsync<T>(new CommandDefinition(sql, with, cancellationToken: cancellation));

    public static async Task<IReadOnlyList<T>> ListAsync<T>(
        this DbConnection c,
        string sql,
        object? with,
        CancellationToken cancellation
    )
    {
        var rows = await c.QueryAsync<T>(new CommandDefinition(sql, with, cancellationToken: cancellation));
        return rows.AsList();
    }
}
