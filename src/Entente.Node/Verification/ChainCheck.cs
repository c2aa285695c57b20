using System.Data.Common;
using Entente.Protocol;

namespace Entente.Node.Verification;

/// <summary>
/// Follows each link in each direction from the first envelope to the last: every one names the one before it, the numbers
/// have no holes, the sender signed each, and its messages add up to the signed root.
/// </summary>
internal sealed class ChainCheck(DbConnection connection, Cards cards, Report report)
{
    private const int Page = 100;

    public async Task RunAsync(Advance progress, CancellationToken cancellation)
    {
        const string sql = "SELECT partner, direction, next, prev FROM chain ORDER BY partner, direction";
        var total = await connection.CountAsync("SELECT COUNT(*) FROM envelope", cancellation);
        var done = 0L;
        report.Count("chains", 0);
        foreach (var chain in await connection.ListAsync<ChainRow>(sql, null, cancellation))
        {
            var (next, prev) = (1L, Hash.Zero.ToString());
            while (await PageAsync(chain, next, cancellation) is { Count: > 0 } page)
            {
                var entries = await EntriesAsync(chain, page, cancellation);
                foreach (var envelope in page)
                {
                    Follow(envelope, next, prev);
                    CheckBatch(envelope);
                    CheckEntries(
                        envelope,
                        [.. entries.Where(e => e.Seq >= envelope.First && e.Seq < envelope.First + envelope.Count)]
                    );
                    (next, prev) = (envelope.First + envelope.Count, envelope.Sha256);
                }

                progress.At(done += page.Count, total);
            }

            report.Expect(
                chain.Next == next && chain.Prev == prev,
                "chains",
                $"chain {chain.Partner} {chain.Direction}",
                $"It stands at {chain.Next}; its last envelope ends before {next}: envelopes are gone."
            );
        }

        await CheckMissingAsync(cancellation);
    }

    private async Task CheckMissingAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT DISTINCT e.partner, e.direction FROM envelope e
            WHERE NOT EXISTS (SELECT 1 FROM chain c WHERE c.partner = e.partner AND c.direction = e.direction)
            """;
        foreach (var chain in await connection.ListAsync<ChainRow>(sql, null, cancellation))
        {
            report.Add($"chain {chain.Partner} {chain.Direction}", "It is gone; its envelopes are there.");
        }
    }

    private void Follow(EnvelopeRow envelope, long next, string prev)
    {
        report.Expect(
            envelope.First == next,
            "envelopes in sequence",
            envelope.Place,
            $"It begins at {envelope.First} where {next} comes next."
        );
        report.Expect(
            envelope.Prev == prev,
            "envelopes chained",
            envelope.Place,
            "It does not name the envelope before it."
        );
        if (!envelope.Sent && envelope.State != "taken")
        {
            report.Add(envelope.Place, $"It was received and is marked as {envelope.State}.");
        }

        if (envelope.Jwe is not null)
        {
            report.Expect(
                Hash.Of(envelope.Jwe).ToString() == envelope.Sha256,
                "envelopes waiting for a receipt",
                envelope.Place,
                "Its bytes are not the ones that were sealed."
            );
        }
    }

    private void CheckBatch(EnvelopeRow envelope)
    {
        var (from, to) = envelope.Sent ? (cards.Self, envelope.Partner) : (envelope.Partner, cards.Self);
        var opened = cards.Open(from, key => Batch.Open(envelope.Batch, key));
        if (
            !report.Expect(
                opened.Ok,
                "envelope signatures",
                envelope.Place,
                $"The sender's signature does not verify: {opened.Refusal?.Detail}"
            )
        )
        {
            return;
        }

        var batch = opened.Value!; // Opened.
        var same =
            (batch.From.ToString(), batch.To.ToString()) == (from, to)
            && (batch.First, batch.Count) == (envelope.First, envelope.Count)
            && (batch.Root.ToString(), batch.Prev.ToString()) == (envelope.Root, envelope.Prev);
        if (!same)
        {
            report.Add(envelope.Place, "The row does not say what the sender signed.");
        }
    }

    private void CheckEntries(EnvelopeRow envelope, IReadOnlyList<EntryRow> entries)
    {
        var leaves = new List<Hash>();
        foreach (var entry in entries)
        {
            var place = $"envelope_entry {envelope.Partner} {envelope.Direction} {entry.Seq}";
            leaves.Add(Hash.TryParse(entry.MerkleLeaf, out var leaf) ? leaf : Hash.Zero);
            if (!envelope.Sent && entry.Leaf is { } index)
            {
                report.Expect(
                    entry.LeafObject == $"message:{entry.Id}" && entry.LeafHash == entry.Sha256,
                    "received messages in the ledger",
                    place,
                    $"Leaf {index} of the ledger is not about this message."
                );
                if (!StandsAsReceived(entry, envelope.At))
                {
                    report.Add(place, $"It is marked as {entry.Status}; ledger and message do not say so.");
                }
            }
        }

        report.Expect(
            leaves.Count == envelope.Count && MerkleTree.Root(leaves).ToString() == envelope.Root,
            "envelope roots",
            envelope.Place,
            "Its messages do not add up to the signed root."
        );
    }

    private static bool StandsAsReceived(EntryRow entry, DateTimeOffset at) =>
        entry.Status switch
        {
            "accepted" => entry.Reason is null
                && entry.LeafWhy?.StartsWith("rejected:", StringComparison.Ordinal) == false
                && (!entry.HasMessage || entry.Delivered == at),
            // What came back after a restore has a leaf of its own kind.
            // Past what a day has, the day's leaf accounts for it.
            "rejected" when entry.Leaf is null => true,
            "rejected" => entry.LeafWhy == $"rejected:{entry.Reason}" || entry.LeafWhy == "recovered",
            _ => false,
        };

    private Task<List<EnvelopeRow>> PageAsync(ChainRow chain, long from, CancellationToken cancellation)
    {
        const string sql = """
            SELECT partner, direction, first, count, sha256, prev, root, batch, jwe, at, state
            FROM envelope
            WHERE partner = @Partner AND direction = @Direction AND first >= @From
            ORDER BY first LIMIT @Page
            """;
        return connection.ListAsync<EnvelopeRow>(
            sql,
            new
            {
                chain.Partner,
                chain.Direction,
                From = from,
                Page,
            },
            cancellation
        );
    }

    private Task<List<EntryRow>> EntriesAsync(ChainRow chain, List<EnvelopeRow> page, CancellationToken cancellation)
    {
        const string sql = """
            SELECT n.seq, n.id, n.sha256, n.merkle_leaf, n.status, n.reason, n.leaf, l.object AS leaf_object,
              l.hash AS leaf_hash, l.why AS leaf_why, m.id IS NOT NULL AS has_message, m.delivered
            FROM envelope_entry n
            LEFT JOIN message m ON m.id = n.id AND m.direction = 'in' AND n.direction = 'in'
            LEFT JOIN ledger_leaf l ON l.idx = n.leaf AND n.direction = 'in'
            WHERE n.partner = @Partner AND n.direction = @Direction AND n.seq >= @From AND n.seq < @To
            ORDER BY n.seq
            """;
        return connection.ListAsync<EntryRow>(
            sql,
            new
            {
                chain.Partner,
                chain.Direction,
                From = page[0].First,
                To = page[^1].First + page[^1].Count,
            },
            cancellation
        );
    }

    private sealed class ChainRow
    {
        public string Partner { get; init; } = "";
        public string Direction { get; init; } = "";
        public long Next { get; init; }
        public string Prev { get; init; } = "";
    }
}
