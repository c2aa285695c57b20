using System.Data.Common;
using System.Globalization;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Backup;

/// <summary>What a backup's manifest says of the database it was taken from.</summary>
internal sealed record SnapshotFacts(IReadOnlyList<long> Migrations, int FirstYear, LedgerHead Head)
{
    public static async Task<SnapshotFacts> OfAsync(DbConnection connection, CancellationToken cancellation) =>
        new(
            await MigrationsAsync(connection, cancellation),
            await FirstYearAsync(connection, cancellation),
            await HeadAsync(connection, cancellation)
        );

    private static Task<IReadOnlyList<long>> MigrationsAsync(DbConnection connection, CancellationToken cancellation) =>
        connection.ListAsync<long>("SELECT number FROM schema_migration ORDER BY number", null, cancellation);

    public static async Task<LedgerHead> HeadAsync(DbConnection connection, CancellationToken cancellation)
    {
        const string sql = "SELECT COALESCE(MAX(idx) + 1, 0) FROM ledger_leaf";
        var size = await connection.OneAsync<long>(sql, null, cancellation);
        return new LedgerHead(size, await LedgerLog.RootAsync(connection, size, cancellation), default);
    }

    /// <summary>An id begins with its time in milliseconds, in twelve hexadecimal digits.</summary>
    private static async Task<int> FirstYearAsync(DbConnection connection, CancellationToken cancellation)
    {
        const string sql = "SELECT MIN(id) FROM message";
        var id = (await connection.OneAsync<string>(sql, null, cancellation))?.Replace(
            "-",
            "",
            StringComparison.Ordinal
        );
        return
            id is { Length: >= 12 }
            && long.TryParse(id.AsSpan(0, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var at)
            ? DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(at, LastInstant)).Year
            : 0;
    }

    private const long LastInstant = 253402300799999;
}
