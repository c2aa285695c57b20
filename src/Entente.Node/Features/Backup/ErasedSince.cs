using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Retention;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Features.Backup;

/// <summary>
/// A backup holds what was erased after it. Where the node that it replaces is still there, its ledger says what that was,
/// and the restored node erases it again before anybody can read it.
/// </summary>
internal static class ErasedSince
{
    private const string Why = "erased-before-restore";
    private const int Page = 1000;

    public static async Task EraseAgainAsync(
        NodeHome replaced,
        NodeHome building,
        Manifest manifest,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        if (!File.Exists(replaced.DatabaseFile))
        {
            return;
        }

        await using var services = NodeServices.Build(building, building.Load(), clock);
        await using var old = Database.ReadOnly($"Data Source={replaced.DatabaseFile}");
        var from = manifest.LedgerSize;
        while (await PageAsync(old, from, cancellation) is { Count: > 0 } page)
        {
            await EraseAsync(services, page, clock.GetUtcNow(), cancellation);
            from = page[^1].Idx + 1;
        }
    }

    private static Task<IReadOnlyList<Leaf>> PageAsync(Database old, long from, CancellationToken cancellation)
    {
        const string sql = """
            SELECT idx, object FROM ledger_leaf WHERE action = 'erase' AND idx >= @From ORDER BY idx LIMIT @Page
            """;
        return old.ReadAsync(c => c.ListAsync<Leaf>(sql, new { From = from, Page }, cancellation), cancellation);
    }

    private static async Task EraseAsync(
        IServiceProvider services,
        IReadOnlyList<Leaf> leaves,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        var database = services.GetRequiredService<Database>();
        var erasure = services.GetRequiredService<MessageErasure>();
        foreach (var few in Of(leaves, "message:").Chunk(MessageErasure.Few))
        {
            await database.WriteAsync(
                t => erasure.EraseAsync(t, few, Why, Officer.NodeActor, cancellation),
                cancellation
            );
        }

        foreach (var few in Of(leaves, "case:").Chunk(MessageErasure.Few))
        {
            await database.WriteAsync(t => CaseErasure.EraseAgainAsync(t, few, at, cancellation), cancellation);
        }
    }

    private static IEnumerable<string> Of(IReadOnlyList<Leaf> leaves, string kind) =>
        leaves
            .Where(leaf => leaf.Object.StartsWith(kind, StringComparison.Ordinal))
            .Select(leaf => leaf.Object[kind.Length..]);

    private sealed class Leaf
    {
        public required long Idx { get; init; }
        public required string Object { get; init; }
    }
}
