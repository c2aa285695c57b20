using System.Data.Common;
using Dapper;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Ledger;

/// <summary>Signs the ledger's head once an hour and keeps it: `entente verify` holds the leaves against it for ever.</summary>
internal sealed class HeadKeeper(
    LedgerLog ledger,
    Database database,
    NodeKeys keys,
    NodeOptions options,
    TimeProvider clock
) : BackgroundService
{
    private static readonly TimeSpan Often = TimeSpan.FromHours(1);
    private readonly NodeId _self = NodeId.Parse(options.Node);

    /// <summary>Keeps the head as it is now, unless this size is kept already.</summary>
    public async Task KeepAsync(CancellationToken cancellation)
    {
        var head = await ledger.HeadAsync(cancellation);
        if (head.Size == 0)
        {
            return;
        }

        const string sql = """
            INSERT INTO ledger_head (size, at, root, jws) VALUES (@Size, @At, @Root, @Jws)
            ON CONFLICT (size) DO NOTHING
            """;
        var row = new
        {
            head.Size,
            head.At,
            Root = head.Root.ToString(),
            Jws = head.Sign(_self, keys.Signing),
        };
        await database.WriteAsync(
            t => t.Connection.ExecuteAsync(new CommandDefinition(sql, row, t.Inner, cancellationToken: cancellation)),
            cancellation
        );
    }

    /// <summary>Once more when the node stops: what it did last is signed too.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryKeepAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Often, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
            {
                await TryKeepAsync(stoppingToken);
            }
        }
    }

    private async Task TryKeepAsync(CancellationToken cancellation)
    {
        try
        {
            await KeepAsync(cancellation);
        }
        catch (DbException)
        {
            // The probe says that the ledger cannot be written; the next hour keeps the next head.
        }
        catch (ObjectDisposedException)
        {
            // Thrown away before it was stopped: there is nothing left to keep the head in.
        }
    }
}
