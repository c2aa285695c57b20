using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Retention;

/// <summary>
/// Keeps the periods in step with what happens in cases, a little behind it: it reads on in the ledger, which knows every
/// message and note in the order in which they became durable. So nothing waits for it, and nothing escapes it.
/// </summary>
internal sealed class RetentionFollower(RetentionPeriods periods) : IMessageFollowing
{
    private const int Few = 200;

    public Task<Func<Transaction, Task>> PrepareAsync(
        IReadOnlyList<FollowedLeaf> leaves,
        IReadOnlyDictionary<string, FollowedMessage> messages,
        CancellationToken cancellation
    )
    {
        var kept = Kept(messages.Values.Select(message => message.Opened).OfType<OpenedMessage>());
        var noted = leaves
            .Where(leaf => leaf.Case is not null)
            .GroupBy(leaf => leaf.Case!, StringComparer.Ordinal) // Filtered.
            .ToDictionary(group => group.Key, group => group.Max(leaf => leaf.At));
        return Task.FromResult<Func<Transaction, Task>>(t => KeepAsync(t, kept, noted, cancellation));
    }

    /// <summary>What the new messages say, joined by case. What is erased already is held by nobody.</summary>
    private Dictionary<string, KeptCase> Kept(IEnumerable<OpenedMessage> opened)
    {
        var kept = new Dictionary<string, KeptCase>(StringComparer.Ordinal);
        foreach (var message in opened.Where(o => o.Stored.Kind != Entente.Protocol.Kinds.Progress))
        {
            var begun = periods.Begin(message);
            kept[begun.CaseId] = kept.TryGetValue(begun.CaseId, out var there)
                ? RetentionPeriods.Join(there, begun)
                : begun;
        }

        return kept;
    }

    private static async Task KeepAsync(
        Transaction transaction,
        IReadOnlyDictionary<string, KeptCase> kept,
        IReadOnlyDictionary<string, DateTimeOffset> noted,
        CancellationToken cancellation
    )
    {
        foreach (var few in kept.Keys.Union(noted.Keys, StringComparer.Ordinal).Chunk(Few))
        {
            var there = await KeptRows.FindAsync(transaction, few, cancellation);
            var open = await CaseEnds.OpenAsync(transaction, few, cancellation);
            var moved = few.Select(id => Moved(there.GetValueOrDefault(id), kept.GetValueOrDefault(id), noted, id))
                .OfType<KeptCase>()
                .Select(row => row with { EndedAt = open.Contains(row.CaseId) ? null : row.LastAt });
            await KeptRows.SaveAsync(transaction, [.. moved], cancellation);
        }
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
}
