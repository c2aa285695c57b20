using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Record;
using Entente.Node.Storage;
using Entente.Node.Web.Navigation;

namespace Entente.Node.Features.Commitments;

/// <summary>
/// What comes due and whom that concerns: the unit that owns the commitment, or the cooperation desk where none does. Read
/// from the rows whenever somebody looks: nothing is to be missed by a timer. A reminder goes when the unit has seen it.
/// </summary>
internal sealed class ReminderBook(Database database, UnitBook units, TimeProvider clock) : INavCount
{
    private const int Most = 50;

    public string Href => "/commitments";

    public async Task<int> CountAsync(Officer officer, CancellationToken cancellation) =>
        officer.Is(Role.Officer) || officer.Is(Role.Supervisor) || officer.Is(Role.Desk)
            ? (await OfAsync(officer, cancellation)).Count
            : 0;

    /// <summary>What is due first first; what the unit has seen at this stage is not among them.</summary>
    public async Task<IReadOnlyList<Reminder>> OfAsync(Officer officer, CancellationToken cancellation)
    {
        const string head = """
            SELECT c.id, c.type, c.wording, c.domain, c.state, c.due, c.rhythm, MIN(p.country) AS country
            FROM commitment c JOIN commitment_partner p ON p.commitment = c.id
            WHERE c.due < @Horizon AND c.state IN ('open', 'under-way')
                AND NOT EXISTS (SELECT 1 FROM reminder_seen s
                    WHERE s.commitment = c.id AND s.due = c.due AND s.stage = 'overdue')
                AND COALESCE(c.own_unit, '') 
            """;
        const string by = """
             GROUP BY c.id, c.type, c.wording, c.domain, c.state, c.due, c.rhythm ORDER BY c.due, c.id LIMIT 200
            """;
        const string seen = "SELECT commitment, due, stage FROM reminder_seen WHERE commitment ";
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var with = new
        {
            Horizon = now.AddDays(ReminderStages.Before.Max(one => one.Days) + 1)
                .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Ids = database.Dialect.Many(await OwnersAsync(officer, cancellation)),
        };
        await using var connection = await database.OpenAsync(cancellation);
        var near = await connection.ListAsync<DueCommitment>(
            head + database.Dialect.AmongMany + by,
            with,
            cancellation
        );
        var ids = new { Ids = database.Dialect.Many([.. near.Select(one => one.Id)]) };
        var done = (await connection.ListAsync<Seen>(seen + database.Dialect.AmongMany, ids, cancellation)).ToHashSet();
        return
        [
            .. near.Select(one => (Row: one, Stage: ReminderStages.Of(one.Due!, today))) // Only dated ones are asked for.
                .Where(one => one.Stage is not null)
                .Select(one => new Reminder(one.Row, one.Stage!)) // Filtered just before.
                .Where(one => !done.Contains(Of(one)))
                .Take(Most),
        ];
    }

    /// <summary>The unit knows: the next one comes at the next stage.</summary>
    public async Task SeenAsync(Officer officer, string commitment, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO reminder_seen (commitment, due, stage, by_login, at)
            VALUES (@Commitment, @Due, @Stage, @Login, @At) ON CONFLICT DO NOTHING
            """;
        var reminders = await OfAsync(officer, cancellation);
        if (reminders.FirstOrDefault(one => one.Commitment.Id == commitment) is not { } reminder)
        {
            return; // A colleague was quicker, or it is another unit's.
        }

        var of = Of(reminder);
        var row = new
        {
            of.Commitment,
            of.Due,
            of.Stage,
            officer.Login,
            At = clock.GetUtcNow(),
        };
        await database.WriteAsync(t => t.RunAsync(sql, row, cancellation), cancellation);
    }

    /// <summary>How commitments may name the officer's unit; nothing stands for the desk.</summary>
    private async Task<IReadOnlyList<string>> OwnersAsync(Officer officer, CancellationToken cancellation)
    {
        var unit = await units.FindAsync(officer.Unit, cancellation);
        return [officer.Unit, .. unit?.Names.Values ?? [], .. officer.Is(Role.Desk) ? [""] : Array.Empty<string>()];
    }

    private static Seen Of(Reminder reminder) =>
        new()
        {
            Commitment = reminder.Commitment.Id,
            Due = reminder.Commitment.Due ?? "",
            Stage = reminder.Stage,
        };

    private sealed record Seen
    {
        public string Commitment { get; init; } = "";
        public string Due { get; init; } = "";
        public string Stage { get; init; } = "";
    }
}
