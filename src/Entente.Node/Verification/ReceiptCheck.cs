using System.Data.Common;
using Entente.Protocol;

namespace Entente.Node.Verification;

/// <summary>
/// Every receipt we hold: signed by the partner, about exactly what we sent, and what our rows say of each message is what
/// the receipt says. Then every tree head that partners signed to us.
/// </summary>
internal sealed class ReceiptCheck(DbConnection connection, Cards cards, Report report)
{
    private const int Page = 100;
    private readonly NodeId _self = NodeId.Parse(cards.Self);

    public async Task RunAsync(Advance progress, CancellationToken cancellation)
    {
        const string sql = """
            SELECT partner, direction, first, count, sha256, state, receipt, receipt_at, tree_size, tree_root
            FROM envelope
            WHERE direction = 'out' AND (partner, first) > (@Partner, @First)
            ORDER BY partner, first LIMIT @Page
            """;
        var total = await connection.CountAsync("SELECT COUNT(*) FROM envelope WHERE direction = 'out'", cancellation);
        var (partner, first, done) = ("", 0L, 0L);
        report.Count("receipts", 0);
        while (
            await connection.ListAsync<EnvelopeRow>(
                sql,
                new
                {
                    Partner = partner,
                    First = first,
                    Page,
                },
                cancellation
            )
                is { Count: > 0 } page
        )
        {
            foreach (var envelope in page)
            {
                await CheckAsync(envelope, cancellation);
            }

            (partner, first) = (page[^1].Partner, page[^1].First);
            progress.At(done += page.Count, total);
        }

        await CheckHeadsAsync(cancellation);
    }

    private async Task CheckAsync(EnvelopeRow envelope, CancellationToken cancellation)
    {
        if (envelope.Receipt is null)
        {
            if (envelope.State != "sealed")
            {
                report.Add(envelope.Place, $"It is marked as {envelope.State} and has no receipt.");
            }

            return;
        }

        var opened = cards.Open(envelope.Partner, key => Receipt.Open(envelope.Receipt, key));
        if (
            !report.Expect(
                opened.Ok,
                "receipts",
                envelope.Place,
                $"The receipt does not verify: {opened.Refusal?.Detail}"
            )
        )
        {
            return;
        }

        var entries = await EntriesAsync(envelope, cancellation);
        var lines = entries.Select(e => Hash.TryParse(e.Sha256, out var hash) ? hash : Hash.Zero).ToList();
        var sent = new SealedLines(
            Hash.TryParse(envelope.Sha256, out var sha256) ? sha256 : Hash.Zero,
            envelope.First,
            lines
        );
        var receipt = opened.Value!; // Opened.
        if (receipt.Answers(sent, _self, NodeId.Parse(envelope.Partner)) is { } refusal)
        {
            report.Add(envelope.Place, $"The receipt is not about what was sent: {refusal.Detail}");
            return;
        }

        var head = (receipt.TreeHead.Size, receipt.TreeHead.Root.ToString());
        if (
            (envelope.State, envelope.ReceiptAt) != ("receipted", receipt.At)
            || (envelope.TreeSize, envelope.TreeRoot) != head
        )
        {
            report.Add(envelope.Place, "The row does not say what its receipt says.");
        }

        foreach (var (said, entry) in receipt.Entries.Zip(entries))
        {
            report.Expect(
                Says(said, entry, receipt.At),
                "receipted messages",
                $"envelope_entry {envelope.Partner} out {entry.Seq}",
                "The row, or its message's, does not say what the receipt says."
            );
        }
    }

    private static bool Says(ReceiptEntry said, EntryRow entry, DateTimeOffset at)
    {
        var rejected = said.Status == ReceiptStatus.Rejected;
        return (rejected ? "rejected" : "accepted", said.Reason?.Code(), said.Leaf)
                == (entry.Status, entry.Reason, entry.Leaf)
            && (!entry.HasMessage || entry.Delivered == (rejected ? null : at));
    }

    private Task<List<EntryRow>> EntriesAsync(EnvelopeRow envelope, CancellationToken cancellation)
    {
        const string sql = """
            SELECT n.seq, n.id, n.sha256, n.status, n.reason, n.leaf, m.id IS NOT NULL AS has_message, m.delivered
            FROM envelope_entry n
            LEFT JOIN message m ON m.id = n.id AND m.direction = 'out'
            WHERE n.partner = @Partner AND n.direction = 'out' AND n.seq >= @First AND n.seq < @To
            ORDER BY n.seq
            """;
        return connection.ListAsync<EntryRow>(
            sql,
            new
            {
                envelope.Partner,
                envelope.First,
                To = envelope.First + envelope.Count,
            },
            cancellation
        );
    }

    private async Task CheckHeadsAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT link, size, root, jws, epoch FROM witness_head
            WHERE (link, size, root) > (@Link, @Size, @Root)
            ORDER BY link, size, root LIMIT @Page
            """;
        var last = new WitnessRow();
        report.Count("partners' tree heads", 0);
        while (
            await connection.ListAsync<WitnessRow>(
                sql,
                new
                {
                    last.Link,
                    last.Size,
                    last.Root,
                    Rows.Page,
                },
                cancellation
            )
                is { Count: > 0 } page
        )
        {
            foreach (var head in page)
            {
                Check(head, last);
                last = head;
            }
        }
    }

    private void Check(WitnessRow head, WitnessRow before)
    {
        var place = $"witness_head {head.Link} {head.Size}";
        var said =
            cards.Open(head.Link, key => TreeHead.Open(head.Jws, key)) is { Ok: true, Value: var tree }
                ? (tree.Size, tree.Root.ToString())
            : cards.Open(head.Link, key => Receipt.Open(head.Jws, key)) is { Ok: true, Value: var receipt }
                ? (receipt.TreeHead.Size, receipt.TreeHead.Root.ToString())
            : (-1L, "");
        report.Expect(
            said == (head.Size, head.Root),
            "partners' tree heads",
            place,
            "The partner's signature does not say what the row says."
        );
        if (head.Link == before.Link && head.Size == before.Size && head.Epoch == before.Epoch)
        {
            report.Add(place, "The partner signed two ledgers of the same size.");
        }
    }

    private sealed class WitnessRow
    {
        public string Link { get; init; } = "";
        public long Size { get; init; } = -1;
        public string Root { get; init; } = "";
        public string Jws { get; init; } = "";

        /// <summary>A partner that declared a restoration goes on from a smaller ledger.</summary>
        public long Epoch { get; init; }
    }
}
