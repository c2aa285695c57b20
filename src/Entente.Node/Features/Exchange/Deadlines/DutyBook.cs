using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange.Deadlines;

/// <summary>The units' hours.</summary>
internal sealed class DutyBook(Database database, UnitBook units, LedgerLog ledger, TimeProvider clock)
{
    private const int MostHolidays = 200;

    public Task<IReadOnlyList<DutyHours>> ListAsync(CancellationToken cancellation)
    {
        const string sql = "SELECT unit, days, opens, closes, duty_unit, holidays FROM duty ORDER BY unit";
        return database.ReadAsync(c => c.ListAsync<DutyHours>(sql, null, cancellation), cancellation);
    }

    /// <summary>The units that are alerted in another's place now: each with the one that stands in for it.</summary>
    public async Task<IReadOnlyDictionary<string, string>> StandInsAsync(CancellationToken cancellation)
    {
        var hours = await ListAsync(cancellation);
        if (hours.Count == 0)
        {
            return new Dictionary<string, string>();
        }

        var local = clock.GetLocalNow().DateTime;
        var common = hours.FirstOrDefault(h => h.Unit.Length == 0) ?? DutyHours.Always("");
        var all = await units.ListAsync(cancellation);
        return all.Select(unit => unit.Slug)
            .Append("") // What was addressed to no unit of ours.
            .Select(unit => (unit, By: (hours.FirstOrDefault(h => h.Unit == unit) ?? common).Alerted(unit, local)))
            .Where(pair => pair.By != pair.unit)
            .ToDictionary(pair => pair.unit, pair => pair.By, StringComparer.Ordinal);
    }

    /// <returns>False where something in it cannot be.</returns>
    public async Task<bool> SaveAsync(Officer officer, DutyHours hours, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO duty (unit, days, opens, closes, duty_unit, holidays)
            VALUES (@Unit, @Days, @Opens, @Closes, @DutyUnit, @Holidays)
            ON CONFLICT (unit) DO UPDATE SET days = excluded.days, opens = excluded.opens, closes = excluded.closes,
                duty_unit = excluded.duty_unit, holidays = excluded.holidays
            """;
        if (!await HoldsAsync(hours, cancellation))
        {
            return false;
        }

        var leaf = new LedgerEvent(officer.Login, LedgerAction.Administer, $"duty:{hours.Unit}", "saved");
        await database.WriteAsync(
            async t =>
            {
                await t.RunAsync(sql, hours, cancellation);
                await ledger.AppendAsync(t, leaf, cancellation);
            },
            cancellation
        );
        return true;
    }

    private async Task<bool> HoldsAsync(DutyHours hours, CancellationToken cancellation)
    {
        var days = hours.Holidays.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return hours is { Opens: >= 0 and <= 24 * 60, Closes: >= 0 and <= 24 * 60 }
            && hours.Days.Split(',', StringSplitOptions.RemoveEmptyEntries).All(day => day is [>= '1' and <= '7'])
            && days.Length <= MostHolidays
            && days.All(day => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, 0, out _))
            && (hours.Unit.Length == 0 || await units.FindAsync(hours.Unit, cancellation) is not null)
            && (hours.DutyUnit.Length == 0 || await units.FindAsync(hours.DutyUnit, cancellation) is not null);
    }
}
