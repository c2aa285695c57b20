using System.Text.Json;
using Entente.Node.Features.Accounts;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Backup;

/// <summary>
/// What a restored node knows of its restoration: it is older than what it signed, and must ask its partners what it has
/// forgotten before it says anything new.
/// </summary>
internal sealed record RestoreMark(string Backup, DateTimeOffset BackupAt, DateTimeOffset RestoredAt, long LedgerSize)
{
    /// <summary>Name of the setting; there from the restore until every partner has been asked.</summary>
    public const string Setting = "restore.mark";

    public static async Task WriteAsync(
        NodeHome building,
        BackupHeader header,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        await using var services = NodeServices.Build(building, building.Load(), clock);
        await services.GetRequiredService<Migrator>().ApplyAsync(cancellation);
        var ledger = services.GetRequiredService<LedgerLog>();
        var head = await ledger.HeadAsync(cancellation);
        var mark = new RestoreMark(header.Id, header.At, clock.GetUtcNow(), head.Size);
        const string sql = """
            INSERT INTO setting (name, value) VALUES (@Setting, @Mark)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """;
        const string asking = """
            INSERT INTO recovery (partner, since, state, sent, received)
            SELECT partner, @Now, 'asking', 0, 0 FROM link WHERE state <> 'pending'
            ON CONFLICT (partner) DO UPDATE SET state = 'asking', since = excluded.since, sent = 0, received = 0,
              lost_size = NULL, lost_root = NULL, ended = NULL
            """;
        var leaf = new LedgerEvent(
            Officer.NodeActor,
            LedgerAction.Administer,
            $"backup:{header.Id}",
            "restore",
            head.Root.ToString()
        );
        await services
            .GetRequiredService<Database>()
            .WriteAsync(
                async t =>
                {
                    await t.RunAsync(
                        sql,
                        new { Setting, Mark = JsonSerializer.Serialize(mark, Manifest.Json) },
                        cancellation
                    );
                    await ledger.AppendAsync(t, leaf, cancellation);
                    // The instances that the backup remembers are gone; nobody waits for them.
                    await t.RunAsync("DELETE FROM link_lease", null, cancellation);
                    await t.RunAsync("DELETE FROM node_instance", null, cancellation);
                    await t.RunAsync(asking, new { Now = mark.RestoredAt }, cancellation);
                },
                cancellation
            );
    }
}
