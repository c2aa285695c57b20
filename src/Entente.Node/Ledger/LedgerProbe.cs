using System.Data.Common;
using Dapper;
using Entente.Node.Storage;

namespace Entente.Node.Ledger;

/// <summary>
/// Writes a mark when nothing else has been written for a while: a full disk or a lost database is noticed before the next
/// message, and its end is noticed without anybody's help.
/// </summary>
internal sealed partial class LedgerProbe(
    Database database,
    LedgerHealth health,
    TimeProvider clock,
    ILogger<LedgerProbe> log
) : BackgroundService
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WhileFailing = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ProbeAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(health.CanWrite ? Quiet : WhileFailing, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested && health.Quiet > WhileFailing)
            {
                await ProbeAsync(stoppingToken);
            }
        }
    }

    internal async Task ProbeAsync(CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO setting (name, value) VALUES ('ledger.probe', @At)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """;
        var failing = !health.CanWrite;
        try
        {
            await database.WriteAsync(
                t =>
                    t.Connection.ExecuteAsync(
                        new CommandDefinition(
                            sql,
                            new { At = Entente.Protocol.WireTime.Format(clock.GetUtcNow()) },
                            t.Inner,
                            cancellationToken: cancellation
                        )
                    ),
                cancellation
            );
            health.Wrote();
            if (failing)
            {
                LogRecovered();
            }
        }
        catch (DbException e)
        {
            health.Failed();
            LogCannotWrite(e, e.GetType().Name);
        }
    }

    [LoggerMessage(
        9001,
        LogLevel.Error,
        "The ledger cannot be written ({Cause}): nothing is sent or received until it can."
    )]
    private partial void LogCannotWrite(Exception exception, string cause);

    [LoggerMessage(9002, LogLevel.Information, "The ledger can be written again: sending and receiving resume.")]
    private partial void LogRecovered();
}
