using System.Globalization;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Protection;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Transfers;

/// <summary>Makes the transfer file of every message that leaves, and counts what left and came, out of the ledger.</summary>
internal sealed class TransferFollower(FollowedMessages followed, SeenMessages messages, TransferReading reading)
    : ILedgerFollowing
{
    public Task FollowAsync(CancellationToken cancellation) =>
        followed.FollowAsync<Passed>(
            "transfers.read",
            (leaf, opened) => ReadAsync(leaf, opened, cancellation),
            (t, passed, _) => KeepAsync(t, passed, cancellation),
            cancellation
        );

    private static async Task KeepAsync(Transaction t, IReadOnlyList<Passed> passed, CancellationToken cancellation)
    {
        foreach (var (one, sent) in passed)
        {
            // A restored node is given back what it had sent: its file is there.
            if (!sent || await TransferRows.InsertAsync(t, one, cancellation) > 0)
            {
                await CountAsync(t, sent ? "out" : "in", one, cancellation);
            }
        }
    }

    /// <summary>Null for what is no message of the exchange: evidence, receipts, envelopes given back, and progress.</summary>
    private async Task<Passed?> ReadAsync(FollowedLeaf leaf, OpenedMessage? opened, CancellationToken cancellation)
    {
        var sent = leaf.Action == "disclose";
        if (opened is not null)
        {
            return IsLeaf(leaf, opened.Stored)
                ? new Passed(await reading.OfAsync(leaf, opened, cancellation), sent)
                : null;
        }

        var stored = await messages.FindAsync(leaf.Message!, cancellation); // Filtered.
        return stored is not null && IsLeaf(leaf, stored)
            ? new Passed(TransferReading.Erased(leaf, stored), sent)
            : null;
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

    /// <param name="Sent">By us; otherwise it came.</param>
    private sealed record Passed(Transfer Transfer, bool Sent);
}
