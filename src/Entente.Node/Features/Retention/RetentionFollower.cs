using System.Data.Common;
using System.Globalization;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Storage;

namespace Entente.Node.Features.Retention;

/// <summary>
/// Keeps the periods in step with what happens in cases, a little behind it: it reads on in the ledger, which knows every
/// message and note in the order in which they became durable. So nothing waits for it, and nothing escapes it.
/// </summary>
internal sealed class RetentionFollower(Database database, MessageStore messages, RetentionPeriods periods)
{
    private const int Leaves = 2000;
    private const int Few = 200;

    /// <summary>Reads to the ledger's end.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        while (await StepAsync(cancellation))
        {
            // Others write in between.
        }
    }

    /// <returns>False at the end of the ledger, or when another instance is at it.</returns>
    private async Task<bool> StepAsync(CancellationToken cancellation)
    {
        var (read, size, leaves) = await database.ReadAsync(c => NextAsync(c, cancellation), cancellation);
        if (read >= size)
        {
            return false;
        }

        var kept = await KeptAsync([.. Ids(leaves, "message:")], cancellation);
        var noted = leaves
            .Where(leaf => leaf.Object.StartsWith("case:", StringComparison.Ordinal))
            .GroupBy(leaf => leaf.Object["case:".Length..], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(leaf => leaf.At));
        var done = Math.Min(read + Leaves, size);
        return await database.WriteBehindAsync(t => KeepAsync(t, read, done, kept, noted, cancellation), cancellation);
    }

    private static IEnumerable<string> Ids(IReadOnlyList<Leaf> leaves, string kind) =>
        leaves
            .Where(leaf => leaf.Object.StartsWith(kind, StringComparison.Ordinal))
            .Select(leaf => leaf.Object[kind.Length..])
            .Distinct(StringComparer.Ordinal);

    private static async Task<(long Read, long Size, IReadOnlyList<Leaf> Leaves)> NextAsync(
        DbConnection connection,
        CancellationToken cancellation
    )
    {
        const string cursor = "SELECT value FROM setting WHERE name = 'retention.read'";
        const string end = "SELECT COALESCE(MAX(idx) + 1, 0) FROM ledger_leaf";
        const string sql = """
            SELECT at, object FROM ledger_leaf
            WHERE idx >= @Read AND idx < @Until AND (action IN ('disclose', 'receive') OR action = 'collect')
            ORDER BY idx
            """;
        var read = long.Parse(
            await connection.OneAsync<string>(cursor, null, cancellation) ?? "0",
            CultureInfo.InvariantCulture
        );
        var size = await connection.OneAsync<long>(end, null, cancellation);
        var leaves = await connection.ListAsync<Leaf>(sql, new { Read = read, Until = read + Leaves }, cancellation);
        return (read, size, leaves);
    }

    /// <summary>What the new messages say, joined by case. What is erased already is held by nobody.</summary>
    private async Task<IReadOnlyDictionary<string, KeptCase>> KeptAsync(
        IReadOnlyList<string> ids,
        CancellationToken cancellation
    )
    {
        var kept = new Dictionary<string, KeptCase>(StringComparer.Ordinal);
        foreach (var few in ids.Chunk(Few))
        {
            var opened = await messages.OpenAsync(few, cancellation);
            foreach (var message in opened.Values.Where(o => o.Stored.Kind != Entente.Protocol.Kinds.Progress))
            {
                var begun = periods.Begin(message);
                kept[begun.CaseId] = kept.TryGetValue(begun.CaseId, out var there)
                    ? RetentionPeriods.Join(there, begun)
                    : begun;
            }
        }

        return kept;
    }

    private static async Task<bool> KeepAsync(
        Transaction transaction,
        long read,
        long done,
        IReadOnlyDictionary<string, KeptCase> kept,
        IReadOnlyDictionary<string, DateTimeOffset> noted,
        CancellationToken cancellation
    )
    {
        const string move = "UPDATE setting SET value = @Done WHERE name = 'retention.read' AND value = @Read";
        var values = new
        {
            Done = done.ToString(CultureInfo.InvariantCulture),
            Read = read.ToString(CultureInfo.InvariantCulture),
        };
        if (await transaction.RunAsync(move, values, cancellation) == 0)
        {
            return false;
        }

        foreach (var few in kept.Keys.Union(noted.Keys, StringComparer.Ordinal).Chunk(Few))
        {
            var there = await KeptRows.FindAsync(transaction, few, cancellation);
            var open = await CaseEnds.OpenAsync(transaction, few, cancellation);
            foreach (var id in few)
            {
                if (Moved(there.GetValueOrDefault(id), kept.GetValueOrDefault(id), noted, id) is { } row)
                {
                    var ended = open.Contains(id) ? null : (DateTimeOffset?)row.LastAt;
                    await KeptRows.SaveAsync(transaction, row with { EndedAt = ended }, cancellation);
                }
            }
        }

        return true;
    }

    /// <summary>Null where there is a note on a case that holds no message.</summary>
    private static KeptCase? Moved(
        KeptCase? there,
        KeptCase? more,
        IReadOnlyDictionary<string, DateTimeOffset> noted,
        string id
    )
    {
        var row =
            there is null ? more
            : more is null ? there
            : RetentionPeriods.Join(there, more);
        return row is not null && noted.TryGetValue(id, out var at) && at > row.LastAt
            ? row with
            {
                LastAt = at,
                State = KeptCase.Held,
            }
            : row;
    }

    private sealed class Leaf
    {
        public required DateTimeOffset At { get; init; }
        public required string Object { get; init; }
    }
}
