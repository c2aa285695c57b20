using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Audit;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// How many refusals of a link have a leaf of their own. Each is told to the partner, in its receipt or in words; past
/// <see cref="Most"/> a day, whoever sends what is refused no longer writes our ledger: one leaf accounts for that day.
/// See docs/decisions/0053.
/// </summary>
internal sealed class RefusalDays(
    Database database,
    LedgerLog ledger,
    Alarms alarms,
    TimeProvider clock,
    ILogger<RefusalDays> log
) : BackgroundService
{
    public const int Most = 1000;
    private static readonly TimeSpan LookAround = TimeSpan.FromMinutes(1);

    /// <summary>What the leaf of a day is over.</summary>
    public static Hash HashOf(string day, long refused, string envelope) =>
        Hash.OfText($"entente-refused\n{day}\n{refused.ToString(CultureInfo.InvariantCulture)}\n{envelope}");

    /// <summary>Counts so many more refusals.</summary>
    /// <returns>How many of them have a leaf of their own.</returns>
    public async Task<int> CountAsync(Transaction t, string partner, int refused, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO refusal_day (partner, day, refused) VALUES (@Partner, @Day, @Refused)
            ON CONFLICT (partner, day) DO UPDATE SET refused = refusal_day.refused + excluded.refused
            RETURNING refused
            """;
        if (refused == 0)
        {
            return 0;
        }

        var row = new
        {
            Partner = partner,
            Day = Today(),
            Refused = refused,
        };
        var before = await t.OneAsync<long>(sql, row, cancellation) - refused;
        if (before <= Most && before + refused > Most)
        {
            await alarms.RaiseAsync(t, AlarmKind.Refusals, partner, row.Day, cancellation);
        }

        return (int)Math.Clamp(Most - before, 0, refused);
    }

    /// <summary>Whether the link has had its leaves of today.</summary>
    public async Task<bool> IsFullAsync(Transaction t, string partner, CancellationToken cancellation)
    {
        const string sql = "SELECT refused FROM refusal_day WHERE partner = @Partner AND day = @Day";
        return await t.OneAsync<long?>(sql, new { Partner = partner, Day = Today() }, cancellation) >= Most;
    }

    /// <returns>How many leaves were written: one for each day that is over and went past the bound.</returns>
    public async Task<int> AccountAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT partner, day AS name, refused FROM refusal_day
            WHERE leaf IS NULL AND refused > @Most AND day < @Today ORDER BY partner, day LIMIT 100
            """;
        var days = await database.ReadAsync(
            c => c.ListAsync<Day>(sql, new { Most, Today = Today() }, cancellation),
            cancellation
        );
        var written = 0;
        foreach (var day in days)
        {
            written += await database.WriteAsync(t => AccountAsync(t, day, cancellation), cancellation);
        }

        return written;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookAround, clock);
        try
        {
            do
            {
                await TryAsync(stoppingToken);
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The day is accounted for when the node runs again.
        }
    }

    private async Task TryAsync(CancellationToken cancellation)
    {
        try
        {
            await AccountAsync(cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // The edge: the database may be away for a moment.
            Log.RefusalsNotAccounted(log, e);
        }
    }

    private async Task<int> AccountAsync(Transaction t, Day day, CancellationToken cancellation)
    {
        const string last = """
            SELECT sha256 FROM envelope WHERE partner = @Partner AND direction = 'in' ORDER BY first DESC LIMIT 1
            """;
        const string done = """
            UPDATE refusal_day SET envelope = @Envelope WHERE partner = @Partner AND day = @Date AND envelope IS NULL
            """;
        const string leafed = "UPDATE refusal_day SET leaf = @Leaf WHERE partner = @Partner AND day = @Date";
        var envelope = await t.OneAsync<string>(last, new { day.Partner }, cancellation) ?? "";
        var row = new
        {
            day.Partner,
            Date = day.Name,
            Envelope = envelope,
        };
        if (await t.RunAsync(done, row, cancellation) == 0)
        {
            return 0; // Another instance was quicker.
        }

        var account = new LedgerEvent(
            Officer.NodeActor,
            LedgerAction.Receive,
            $"link:{day.Partner}",
            $"refused:{day.Refused.ToString(CultureInfo.InvariantCulture)}",
            HashOf(day.Name, day.Refused, envelope).ToString(),
            day.Partner
        );
        var leaf = await ledger.AppendAsync(t, account, cancellation);
        await t.RunAsync(
            leafed,
            new
            {
                day.Partner,
                Date = day.Name,
                Leaf = leaf,
            },
            cancellation
        );
        return 1;
    }

    private string Today() => clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Day
    {
        public required string Partner { get; init; }
        public required string Name { get; init; }
        public required long Refused { get; init; }
    }
}
