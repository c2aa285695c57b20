using System.Data.Common;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Backup;

/// <summary>What a backup's manifest says of the database it was taken from.</summary>
internal static class SnapshotFacts
{
    public static Task<IReadOnlyList<long>> MigrationsAsync(DbConnection connection, CancellationToken cancellation) =>
        connection.ListAsync<long>("SELECT number FROM schema_migration ORDER BY number", null, cancellation);

    public static async Task<LedgerHead> HeadAsync(DbConnection connection, CancellationToken cancellation)
    {
        const string sql = "SELECT COALESCE(MAX(idx) + 1, 0) FROM ledger_leaf";
        var size = await connection.OneAsync<long>(sql, null, cancellation);
        return new LedgerHead(size, await LedgerLog.RootAsync(connection, size, cancellation), default);
    }
}
