using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Protection;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Retention;

/// <summary>
/// Keeps the periods in step with what happens in cases, a little behind it: it reads on in the ledger, which knows every
/// message and note in the order in which they became durable. So nothing waits for it, and nothing escapes it.
/// </summary>
internal sealed class RetentionFollower(FollowedMessages followed, RetentionPeriods periods) : ILedgerFollowing
{
    private const int Few = 200;

    public Task FollowAsync(CancellationToken cancellation) =>
        followed.FollowAsync<KeptCase>(
            "retention.read",
            (_, opened) => Task.FromResult(Begun(opened)),
            (t, begun, leaves) => KeepAsync(t, Joined(begun), Noted(leaves), cancellation),
            cancellation
        );

    /// <summary>What is erased already is held by nobody.</summary>
    private KeptCase? Begun(OpenedMessage? opened) =>
        opened is null || opened.Stored.Kind == Entente.Protocol.Kinds.Progress ? null : periods.Begin(opened);

    private static IReadOnlyDictionary<string, KeptCase> Joined(IReadOnlyList<KeptCase> begun) =>
        begun
            .GroupBy(one => one.CaseId, StringComparer.Ordinal)
            .ToDictionary(few => few.Key, few => few.Aggregate(RetentionPeriods.Join), StringComparer.Ordinal);

    private static IReadOnlyDictionary<string, DateTimeOffset> Noted(IReadOnlyList<FollowedLeaf> leaves) =>
        leaves
            .Where(leaf => leaf.Case is not null)
            .GroupBy(leaf => leaf.Case!, StringComparer.Ordinal) // Filtered.
            .ToDictionary(group => group.Key, group => group.Max(leaf => leaf.At));

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
            foreach (var id in few)
            {
                if (Moved(there.GetValueOrDefault(id), kept.GetValueOrDefault(id), noted, id) is { } row)
                {
                    var ended = open.Contains(id) ? null : (DateTimeOffset?)row.LastAt;
                    await KeptRows.SaveAsync(transaction, row with { EndedAt = ended }, cancellation);
                }
            }
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
