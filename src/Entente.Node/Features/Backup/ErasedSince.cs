using System.Data.Common;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Retention;
using Entente.Node.Features.Retention.Registers;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Features.Backup;

/// <summary>
/// A backup holds what was erased after it. Where the node that it replaces is still there, on either engine, its ledger says
/// what that was: the restored node erases it again before anybody can read it, when it comes back from a partner too.
/// </summary>
internal static class ErasedSince
{
    /// <summary>The reason in the ledger.</summary>
    public const string Why = "erased-before-restore";

    private const int Page = 1000;

    /// <returns>False where there was such a node and its ledger could not be read to its end.</returns>
    public static async Task<bool> EraseAgainAsync(
        NodeHome replaced,
        NodeHome building,
        Manifest manifest,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        if (Source(replaced) is not { } source)
        {
            return true;
        }

        await using var services = NodeServices.Build(building, building.Load(), clock);
        await using var old = Database.ReadOnly(source);
        var from = manifest.LedgerSize;
        while (await TryPageAsync(old, from, cancellation) is var page)
        {
            if (page is not { Count: > 0 })
            {
                return page is not null;
            }

            await EraseAsync(services, page, clock.GetUtcNow(), cancellation);
            from = page[^1].Idx + 1;
        }

        return true;
    }

    /// <summary>The replaced node's database; null where there is none.</summary>
    private static string? Source(NodeHome replaced) =>
        replaced.Exists && replaced.Load().Database is { } postgres ? postgres
        : File.Exists(replaced.DatabaseFile) ? $"Data Source={replaced.DatabaseFile}"
        : null;

    private static async Task<IReadOnlyList<Leaf>?> TryPageAsync(
        Database old,
        long from,
        CancellationToken cancellation
    )
    {
        try
        {
            return await PageAsync(old, from, cancellation);
        }
        catch (DbException)
        {
            return null; // Damaged or gone, which may be why a backup is restored.
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
                async t =>
                {
                    await erasure.EraseAsync(t, few, Why, Officer.NodeActor, cancellation);
                    await NoteAsync(t, few, cancellation);
                },
                cancellation
            );
        }

        foreach (var few in Of(leaves, "case:").Chunk(MessageErasure.Few))
        {
            await database.WriteAsync(t => CaseErasure.EraseAgainAsync(t, few, at, cancellation), cancellation);
        }

        foreach (var register in services.GetServices<KeptRegister>())
        {
            IReadOnlyList<string> entries = [.. Of(leaves, $"{register.Code}:")];
            if (entries.Count > 0)
            {
                await database.WriteAsync(t => register.EraseAsync(t, entries, at, cancellation), cancellation);
            }
        }
    }

    private static Task<int> NoteAsync(Transaction t, IEnumerable<string> messages, CancellationToken cancellation)
    {
        const string sql = "INSERT INTO erased_since (message) VALUES (@Message) ON CONFLICT (message) DO NOTHING";
        return t.RunAsync(sql, messages.Select(Message => new { Message }), cancellation);
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
