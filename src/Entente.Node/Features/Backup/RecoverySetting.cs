using System.Text.Json;
using Entente.Node.Features.Accounts;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Backup;

/// <summary>The public part of the recovery key, as the node keeps it.</summary>
internal sealed class RecoverySetting(Database database, LedgerLog ledger)
{
    public async Task<Jwk?> FindAsync(CancellationToken cancellation)
    {
        const string sql = "SELECT value FROM setting WHERE name = 'backup.recovery'";
        var json = await database.ReadAsync(c => c.OneAsync<string>(sql, null, cancellation), cancellation);
        return json is null ? null : JsonSerializer.Deserialize<Jwk>(json, Manifest.Json);
    }

    /// <summary>From the next backup on this key opens them; those made before keep theirs.</summary>
    public Task SaveAsync(Jwk key, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO setting (name, value) VALUES ('backup.recovery', @Key)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """;
        var leaf = new LedgerEvent(
            Officer.NodeActor,
            LedgerAction.Administer,
            $"key:{key.Thumbprint}",
            "recovery-key",
            key.Thumbprint
        );
        return database.WriteAsync(
            async t =>
            {
                await t.RunAsync(sql, new { Key = JsonSerializer.Serialize(key, Manifest.Json) }, cancellation);
                await ledger.AppendAsync(t, leaf, cancellation);
            },
            cancellation
        );
    }
}
