using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Exchange.Sums;
using Entente.Node.Guard;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Protection;

/// <summary>Setting aside what may have been obtained against human rights, and releasing it once somebody has looked.</summary>
internal sealed class QuarantineDesk(
    Database database,
    CaseBook cases,
    UseConditions conditions,
    LedgerLog ledger,
    TimeProvider clock
)
{
    /// <summary>Any officer who may read it may raise the doubt; from then on nobody uses it.</summary>
    public async Task<bool> RaiseAsync(Officer officer, string message, CancellationToken cancellation)
    {
        if (await cases.ReceivedAsync(officer, message, cancellation) is not { } received)
        {
            return false;
        }

        return await database.WriteAsync(
            async t =>
            {
                var placed = await conditions.QuarantineAsync(t, message, "rights", officer.Login, cancellation);
                if (placed)
                {
                    await LedgerAsync(t, officer, message, "set-aside", received.Stored.Partner, cancellation);
                }

                return placed;
            },
            cancellation
        );
    }

    /// <summary>The data-protection officer has found nothing against it.</summary>
    public Task<bool> LiftAsync(Officer guardian, string message, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE quarantine SET lifted_at = @At, lifted_by = @By WHERE message = @Message AND lifted_at IS NULL
            """;
        var values = new
        {
            Message = message,
            At = clock.GetUtcNow(),
            By = guardian.Login,
        };
        return database.WriteAsync(
            async t =>
            {
                if (await t.RunAsync(sql, values, cancellation) == 0)
                {
                    return false;
                }

                await StaleDays.MarkAsync(t, message, cancellation);
                await LedgerAsync(t, guardian, message, "released", null, cancellation);
                return true;
            },
            cancellation
        );
    }

    public Task<IReadOnlyList<Quarantined>> OpenAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT q.message, q.why, q.placed_at, q.placed_by, m.partner, m.case_id
            FROM quarantine q JOIN message m ON m.id = q.message
            WHERE q.lifted_at IS NULL ORDER BY q.placed_at DESC, q.message LIMIT 200
            """;
        return database.ReadAsync(c => c.ListAsync<Quarantined>(sql, null, cancellation), cancellation);
    }

    private Task<long> LedgerAsync(
        Transaction t,
        Officer officer,
        string message,
        string why,
        string? link,
        CancellationToken cancellation
    ) =>
        ledger.AppendAsync(
            t,
            new LedgerEvent(officer.Login, LedgerAction.Decide, $"message:{message}", why, Link: link),
            cancellation
        );
}

public sealed record Quarantined
{
    public required string Message { get; init; }
    public required string Why { get; init; }
    public required DateTimeOffset PlacedAt { get; init; }
    public required string PlacedBy { get; init; }
    public required string Partner { get; init; }
    public required string CaseId { get; init; }
}
