using System.Data.Common;
using System.Threading.Channels;
using Dapper;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Npgsql;

namespace Entente.Node.Instances;

/// <summary>
/// What the instances of one node tell each other, by PostgreSQL's LISTEN and NOTIFY. Only hints: an open page looks again,
/// a courier looks for work. A hint that is lost costs the seconds until somebody looks anyway.
/// </summary>
internal sealed class InstanceBell(Database database, NodeOptions options, Ids ids, ILogger<InstanceBell> log)
    : BackgroundService
{
    private const char Between = '\n';
    private const int MostTogether = 200;

    // Within this time the same hint is given once.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    private readonly string _me = ids.New();
    private readonly Channel<string> _hints = Channel.CreateBounded<string>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest }
    );

    /// <summary>Another instance's hint: its kind, and two words.</summary>
    public event Action<string, string, string>? Heard;

    /// <summary>Tells the other instances. Never waits and never fails.</summary>
    public void Ring(string kind, string first, string second)
    {
        if (database.Engine == Engine.Postgres)
        {
            _hints.Writer.TryWrite(string.Join(Between, _me, kind, first, second));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Engine == Engine.Postgres)
        {
            await Task.WhenAll(KeepOnAsync(ListenAsync, stoppingToken), KeepOnAsync(TellAsync, stoppingToken));
        }
    }

    private async Task KeepOnAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await work(stopping);
            }
            catch (Exception e) when (e is DbException or InvalidOperationException or IOException)
            {
                // The database is away, or a pooler does not pass hints on.
                Log.BellSilent(log, e.Message);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Again, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        var text = new NpgsqlConnectionStringBuilder(options.DatabaseEvents ?? options.Database)
        {
            Pooling = false,
            KeepAlive = 15,
        };
        await using var source = NpgsqlDataSource.Create(text);
        await using var connection = await source.OpenConnectionAsync(stopping);
        connection.Notification += (_, said) => Hear(said.Payload);
        var channel = await connection.ExecuteScalarAsync<string>(
            new CommandDefinition("SELECT quote_ident('entente.' || current_schema())", cancellationToken: stopping)
        );
#pragma warning disable CA2100 // The name is quoted by the database.
        await connection.ExecuteAsync(new CommandDefinition($"LISTEN {channel}", cancellationToken: stopping));
#pragma warning restore CA2100
        while (!stopping.IsCancellationRequested)
        {
            await connection.WaitAsync(stopping);
        }
    }

    private void Hear(string payload)
    {
        if (payload.Split(Between) is [var who, var kind, var first, var second] && who != _me)
        {
            Heard?.Invoke(kind, first, second);
        }
    }

    private async Task TellAsync(CancellationToken stopping)
    {
        const string sql = "SELECT pg_notify('entente.' || current_schema(), hint) FROM unnest(@Hints) AS hint";
        while (await _hints.Reader.WaitToReadAsync(stopping))
        {
            var hints = new HashSet<string>(StringComparer.Ordinal);
            while (hints.Count < MostTogether && _hints.Reader.TryRead(out var hint))
            {
                hints.Add(hint);
            }

            await database.ReadAsync(
                c =>
                    c.ExecuteAsync(
                        new CommandDefinition(sql, new { Hints = hints.ToList() }, cancellationToken: stopping)
                    ),
                stopping
            );
            await Task.Delay(Gathering, stopping);
        }
    }
}
