using System.Globalization;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Protection;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Transfers;

/// <summary>Makes the transfer file of every message that leaves, and counts what left and came, out of the ledger.</summary>
internal sealed class TransferFollower(LedgerFollower ledger, SeenMessages messages, TransferReading reading)
    : ILedgerFollowing
{
    private const int Few = 200;

    public Task FollowAsync(CancellationToken cancellation) =>
        ledger.FollowAsync("transfers.read", PrepareAsync, cancellation);

    private async Task<Func<Transaction, Task>> PrepareAsync(
        IReadOnlyList<FollowedLeaf> leaves,
        CancellationToken cancellation
    )
    {
        var (sent, came) = (new List<Transfer>(), new List<Transfer>());
        foreach (var few in leaves.Where(leaf => leaf.Message is not null).Chunk(Few))
        {
            var opened = await messages.OpenAsync([.. few.Select(leaf => leaf.Message!).Distinct()], cancellation); // Filtered.
            foreach (var leaf in few)
            {
                if (await ReadAsync(leaf, opened.GetValueOrDefault(leaf.Message!), cancellation) is { } one)
                {
                    (leaf.Action == "disclose" ? sent : came).Add(one);
                }
            }
        }

        return async t =>
        {
            foreach (var one in sent)
            {
                // A restored node is given back what it had sent: its file is there.
                if (await TransferRows.InsertAsync(t, one, cancellation) > 0)
                {
                    await CountAsync(t, "out", one, cancellation);
                }
            }

            foreach (var one in came)
            {
                await CountAsync(t, "in", one, cancellation);
            }
        };
    }

    /// <summary>Null for what is no message of the exchange: evidence, receipts, envelopes given back, and progress.</summary>
    private async Task<Transfer?> ReadAsync(FollowedLeaf leaf, OpenedMessage? opened, CancellationToken cancellation)
    {
        if (opened is not null)
        {
            return IsLeaf(leaf, opened.Stored) ? await reading.OfAsync(leaf, opened, cancellation) : null;
        }

        var stored = await messages.FindAsync(leaf.Message!, cancellation); // Filtered.
        return stored is not null && IsLeaf(leaf, stored) ? TransferReading.Erased(leaf, stored) : null;
    }

    private static bool IsLeaf(FollowedLeaf leaf, StoredMessage stored) =>
        stored.Kind != Entente.Protocol.Kinds.Progress
        && stored.Direction == (leaf.Action == "disclose" ? MessageDirection.Out : MessageDirection.In);

    private static Task CountAsync(
        Transaction transaction,
        string direction,
        Transfer one,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO processing_count (month, direction, partner, country, kind, domain, basis, ground, persons, count)
            VALUES (@Month, @Direction, @Partner, @Country, @Kind, @Domain, @Basis, @Ground, @Persons, 1)
            ON CONFLICT (month, direction, partner, kind, domain, basis, ground, persons)
            DO UPDATE SET count = processing_count.count + 1
            """;
        var values = new
        {
            Month = one.At.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            Direction = direction,
            one.Partner,
            one.Country,
            one.Kind,
            one.Domain,
            one.Basis,
            one.Ground,
            one.Persons,
        };
        return transaction.RunAsync(sql, values, cancellation);
    }
}
