using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Accounts in the ledger for what went over each quiet link: one leaf a day, whether anything went or not, over the last
/// envelope, which names all before it, and its partner's last receipt. Whoever does not know these two learns nothing.
/// </summary>
internal sealed class QuietDays(
    Database database,
    LedgerLog ledger,
    QuietLinks quiet,
    TimeProvider clock,
    ILogger<QuietDays> log
) : BackgroundService
{
    public const string Why = "day-account";
    private static readonly TimeSpan LookAround = TimeSpan.FromMinutes(1);

    /// <summary>What the leaf of a day is over.</summary>
    public static Hash HashOf(string day, string envelope, string receipt) =>
        Hash.OfText($"entente-day\n{day}\n{envelope}\n{receipt}");

    /// <returns>How many leaves were written: one for each link whose yesterday had none yet.</returns>
    public async Task<int> AccountAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT l.partner FROM link l
            WHERE l.state <> 'pending' AND NOT EXISTS (SELECT 1 FROM quiet_day d WHERE d.partner = l.partner AND d.day = @Day)
            ORDER BY l.partner
            """;
        var day = clock.GetUtcNow().UtcDateTime.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var partners = await database.ReadAsync(
            c => c.ListAsync<string>(sql, new { Day = day }, cancellation),
            cancellation
        );
        var written = 0;
        foreach (var partner in partners.Where(quiet.Is))
        {
            written += await database.WriteAsync(t => AccountAsync(t, partner, day, cancellation), cancellation);
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
            Log.DayAccountFailed(log, e);
        }
    }

    /// <summary>Another instance may have been quicker. A link's first day only begins the row.</summary>
    private async Task<int> AccountAsync(Transaction t, string partner, string day, CancellationToken cancellation)
    {
        const string insert = """
            INSERT INTO quiet_day (partner, day, envelope, receipt) VALUES (@Partner, @Day, @Envelope, @Receipt)
            ON CONFLICT (partner, day) DO NOTHING
            """;
        const string begun = "SELECT COUNT(*) FROM quiet_day WHERE partner = @Partner";
        const string done = "UPDATE quiet_day SET leaf = @Leaf WHERE partner = @Partner AND day = @Day";
        const string last = """
            SELECT sha256 FROM envelope WHERE partner = @Partner AND direction = 'out' ORDER BY first DESC LIMIT 1
            """;
        const string receipted = """
            SELECT receipt FROM envelope WHERE partner = @Partner AND direction = 'out' AND receipt IS NOT NULL
            ORDER BY first DESC LIMIT 1
            """;
        var isFirst = await t.OneAsync<long>(begun, new { Partner = partner }, cancellation) == 0;
        var receipt = await t.OneAsync<string>(receipted, new { Partner = partner }, cancellation);
        var row = new
        {
            Partner = partner,
            Day = day,
            Envelope = await t.OneAsync<string>(last, new { Partner = partner }, cancellation) ?? "",
            Receipt = receipt is null ? "" : Hash.OfText(receipt).ToString(),
        };
        if (await t.RunAsync(insert, row, cancellation) == 0 || isFirst)
        {
            return 0;
        }

        var hash = HashOf(day, row.Envelope, row.Receipt).ToString();
        var account = new LedgerEvent(
            Officer.NodeActor,
            LedgerAction.Administer,
            $"link:{partner}",
            Why,
            hash,
            partner
        );
        var leaf = await ledger.AppendAsync(t, account, cancellation);
        await t.RunAsync(
            done,
            new
            {
                row.Partner,
                row.Day,
                Leaf = leaf,
            },
            cancellation
        );
        return 1;
    }
}
