using System.Collections.Frozen;
using Entente.Node.Features.Accounts;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Recovery;

/// <summary>Which partners this node is asking what it has forgotten. Nothing is sent to those, and nothing taken.</summary>
internal sealed class RecoveryBook(Database database, LedgerLog ledger, TimeProvider clock)
{
    // Another instance, or the restore itself, may have begun it.
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(1);
    private volatile Seen _seen = new(DateTimeOffset.MinValue, FrozenSet<string>.Empty);

    public async Task<bool> IsRecoveringAsync(string partner, CancellationToken cancellation)
    {
        const string sql = "SELECT partner FROM recovery WHERE state = 'asking'";
        var now = clock.GetUtcNow();
        var seen = _seen;
        if (now - seen.At >= Trusted || now < seen.At)
        {
            var partners = await database.ReadAsync(c => c.ListAsync<string>(sql, null, cancellation), cancellation);
            seen = _seen = new Seen(now, partners.ToFrozenSet(StringComparer.Ordinal));
        }

        return seen.Partners.Contains(partner);
    }

    public Task<RecoveryRow?> FindAsync(string partner, CancellationToken cancellation)
    {
        const string sql = "SELECT since, state, sent, received, ended FROM recovery WHERE partner = @Partner";
        return database.ReadAsync(
            c => c.OneAsync<RecoveryRow>(sql, new { Partner = partner }, cancellation),
            cancellation
        );
    }

    /// <summary>
    /// This node is behind what it signed to the partner. The ledger says from which head it goes on without: no head of it
    /// contradicts another unsaid.
    /// </summary>
    public async Task BeginAsync(string partner, RestorationHead? lost, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO recovery (partner, since, state, sent, received, lost_size, lost_root)
            VALUES (@Partner, @Now, 'asking', 0, 0, @Size, @Root)
            ON CONFLICT (partner) DO UPDATE SET lost_size = excluded.lost_size, lost_root = excluded.lost_root,
              sent = CASE WHEN recovery.state = 'asking' THEN recovery.sent ELSE 0 END,
              received = CASE WHEN recovery.state = 'asking' THEN recovery.received ELSE 0 END,
              since = CASE WHEN recovery.state = 'asking' THEN recovery.since ELSE excluded.since END,
              state = 'asking', ended = NULL
            WHERE recovery.state <> 'asking'
              OR (excluded.lost_root IS NOT NULL AND COALESCE(recovery.lost_root, '') <> excluded.lost_root)
            """;
        var values = new
        {
            Partner = partner,
            Now = clock.GetUtcNow(),
            lost?.Size,
            Root = lost?.Root.ToString(),
        };
        var leaf = new LedgerEvent(
            Officer.NodeActor,
            LedgerAction.Administer,
            $"ledger:{lost?.Size ?? 0}",
            "restore",
            lost?.Root.ToString(),
            partner
        );
        await database.WriteAsync(
            async t =>
            {
                if (await t.RunAsync(sql, values, cancellation) > 0)
                {
                    await ledger.AppendAsync(t, leaf, cancellation);
                }
            },
            cancellation
        );
        Forget();
    }

    public static Task CountAsync(
        Transaction transaction,
        string partner,
        long sent,
        long received,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE recovery SET sent = sent + @Sent, received = received + @Received WHERE partner = @Partner
            """;
        var values = new
        {
            Partner = partner,
            Sent = sent,
            Received = received,
        };
        return transaction.RunAsync(sql, values, cancellation);
    }

    public async Task EndAsync(string partner, CancellationToken cancellation)
    {
        const string sql =
            "UPDATE recovery SET state = 'done', ended = @Now WHERE partner = @Partner AND state = 'asking'";
        var values = new { Partner = partner, Now = clock.GetUtcNow() };
        await database.WriteAsync(t => t.RunAsync(sql, values, cancellation), cancellation);
        Forget();
    }

    private void Forget() => _seen = new Seen(DateTimeOffset.MinValue, FrozenSet<string>.Empty);

    private sealed record Seen(DateTimeOffset At, FrozenSet<string> Partners);
}

internal sealed class RecoveryRow
{
    public required DateTimeOffset Since { get; init; }
    public required string State { get; init; }
    public required long Sent { get; init; }
    public required long Received { get; init; }
    public DateTimeOffset? Ended { get; init; }

    public bool Asking => State == "asking";
}
