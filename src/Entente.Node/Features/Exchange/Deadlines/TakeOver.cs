using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange.Sums;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange.Deadlines;

/// <summary>
/// A unit on duty takes a request that is about to run out off a unit that is not at its desk. From then on the case is its
/// own, as if it had been addressed to it.
/// </summary>
internal sealed class TakeOver(
    Database database,
    AlertBook alerts,
    LedgerLog ledger,
    ExchangeLive live,
    TimeProvider clock
)
{
    /// <returns>False where the unit is not on duty for it, or somebody was faster.</returns>
    public async Task<bool> TakeAsync(Officer officer, string request, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE request SET unit = @Unit, taken_by = @Login, taken_at = COALESCE(taken_at, @At),
                state = CASE WHEN state IN ('partly', 'answered') THEN state ELSE 'taken' END
            WHERE id = @Id AND unit = @From AND open = TRUE
            """;
        var row = await alerts.StandsInAsync(officer, request, cancellation);
        if (row is null || row.Rank > officer.Clearance)
        {
            return false;
        }

        var values = new
        {
            row.Id,
            officer.Unit,
            officer.Login,
            From = row.Unit,
            At = clock.GetUtcNow(),
        };
        var leaf = new LedgerEvent(officer.Login, LedgerAction.Alter, $"request:{row.Id}", "duty", Link: row.Partner);
        return await database.WriteAsync(
            async t =>
            {
                if (await t.RunAsync(sql, values, cancellation) == 0)
                {
                    return false;
                }

                await StaleDays.MarkAsync(t, row.Id, cancellation);
                await ledger.AppendAsync(t, leaf, cancellation);
                live.Changed(t, row);
                live.Changed(t, row with { Unit = officer.Unit });
                return true;
            },
            cancellation
        );
    }
}
