using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Entente.Node.Storage;

/// <summary>
/// Makes the years of `message` ahead of time in PostgreSQL: this one and the next, at every start and once a day. SQLite
/// keeps everything in one table.
/// </summary>
internal sealed partial class Partitions(Database database, TimeProvider clock, ILogger<Partitions> log)
    : BackgroundService
{
    private static readonly TimeSpan Often = TimeSpan.FromDays(1);

    /// <summary>Makes the years that are missing; for whoever brings old messages in, before they come.</summary>
    /// <returns>How many were made.</returns>
    public static async Task<int> EnsureAsync(
        Transaction transaction,
        int firstYear,
        int lastYear,
        CancellationToken cancellation
    )
    {
        if (transaction.Engine != Engine.Postgres)
        {
            return 0;
        }

        const string sql = "SELECT make_partition('message', @Part, @Low, @High)";
        var made = 0;
        for (var year = firstYear; year <= lastYear; year++)
        {
            var values = new
            {
                Part = string.Create(CultureInfo.InvariantCulture, $"message_{year}"),
                Low = Beginning(year),
                High = Beginning(year + 1),
            };
            made += await transaction.Connection.ExecuteScalarAsync<bool>(
                new CommandDefinition(sql, values, transaction.Inner, cancellationToken: cancellation)
            )
                ? 1
                : 0;
        }

        return made;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Engine != Engine.Postgres)
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            await KeepAsync(stoppingToken);
            await Task.Delay(Often, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task KeepAsync(CancellationToken cancellation)
    {
        var year = clock.GetUtcNow().Year;
        try
        {
            var made = await database.WriteAsync(t => EnsureAsync(t, year, year + 1, cancellation), cancellation);
            if (made > 0)
            {
                LogMade(made);
            }
        }
        catch (DbException e)
        {
            // Tomorrow is early enough: the year after this one is there long before it begins.
            LogFailed(e);
        }
    }

    private static long Beginning(int year) =>
        new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [LoggerMessage(9101, LogLevel.Information, "Made {Count} partitions of the messages.")]
    private partial void LogMade(int count);

    [LoggerMessage(9102, LogLevel.Warning, "The next year's partition of the messages could not be made.")]
    private partial void LogFailed(Exception exception);
}
