using System.Diagnostics;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Entente.Bench;

/// <summary>What opening a pooled SQLite connection costs: as the node does it, and with its settings stated every time.</summary>
internal static class OpenBench
{
    private const int Times = 20_000;

    public static async Task RunAsync()
    {
        await using var store = await BenchStore.CreateAsync(null);
        await TimeAsync("settings once a connection", async () => await store.Database.OpenAsync(default));
        await TimeAsync(
            "settings at every opening",
            async () =>
            {
                var connection = new SqliteConnection(store.ConnectionString);
                await connection.OpenAsync();
                await connection.ExecuteAsync(
                    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON"
                );
                return connection;
            }
        );
    }

    private static async Task TimeAsync(string what, Func<Task<System.Data.Common.DbConnection>> open)
    {
        const string sql = "SELECT value FROM setting WHERE name = 'links.version'";
        for (var i = 0; i < 100; i++)
        {
            await using var warm = await open();
            await warm.ExecuteScalarAsync<string>(sql);
        }

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Times; i++)
        {
            await using var connection = await open();
            await connection.ExecuteScalarAsync<string>(sql);
        }

        var micro = watch.Elapsed.TotalMicroseconds / Times;
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{what, -32} {micro, 8:N1} µs an opening and a read")
        );
    }
}
