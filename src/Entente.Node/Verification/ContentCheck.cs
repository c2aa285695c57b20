using System.Data.Common;
using System.Security.Cryptography;
using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Verification;

/// <summary>
/// Opens every message still kept and holds its bytes against what was chained and receipted. What was erased is counted,
/// and stays proven by its hash.
/// </summary>
internal sealed class ContentCheck(DbConnection connection, ContentSeal? seal, Report report)
{
    private const int Page = 500;

    public async Task RunAsync(Advance progress, CancellationToken cancellation)
    {
        const string sql = """
            SELECT m.id, m.partner, m.direction, m.seq, m.kind, m.case_id, m.reply_to, m.from_unit, m.to_unit, m.sent,
              m.state, m.reason, m.classification_rank, m.handling, m.line_sha256, m.data_key, m.sealed, k.wrapped,
              n.sha256, n.merkle_leaf, n.status, n.reason AS entry_reason, l.object AS leaf_object,
              CASE WHEN k.id IS NULL THEN EXISTS (
                SELECT 1 FROM ledger_leaf e WHERE e.object = 'message:' || m.id AND e.action = 'erase'
              ) ELSE FALSE END AS is_erased
            FROM message m
            LEFT JOIN data_key k ON k.id = m.data_key
            LEFT JOIN envelope_entry n ON n.id = m.id AND n.partner = m.partner AND n.direction = m.direction
              AND n.seq = m.seq
            LEFT JOIN ledger_leaf l ON l.idx = m.leaf
            WHERE m.id > @After ORDER BY m.id LIMIT @Page
            """;
        var total = await connection.CountAsync("SELECT COUNT(*) FROM message", cancellation);
        var (after, done) = ("", 0L);
        report.Count("messages", 0);
        while (
            await connection.ListAsync<MessageRow>(sql, new { After = after, Page }, cancellation)
                is { Count: > 0 } page
        )
        {
            foreach (var message in page)
            {
                Check(message);
            }

            after = page[^1].Id;
            progress.At(done += page.Count, total);
        }

        await CheckMissingAsync(cancellation);
    }

    /// <summary>What the ledger says was sent or taken has a row, its content erased or not.</summary>
    private async Task CheckMissingAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT l.idx, l.object FROM ledger_leaf l
            WHERE l.action IN ('disclose', 'receive') AND l.object LIKE 'message:%'
              AND l.why <> 'recovered' AND l.why NOT LIKE 'rejected:%'
              AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = substr(l.object, 9))
              AND NOT EXISTS (SELECT 1 FROM kept_draft d WHERE d.message = substr(l.object, 9))
            ORDER BY l.idx LIMIT @Page
            """;
        foreach (var leaf in await connection.ListAsync<LeafRow>(sql, new { Page }, cancellation))
        {
            report.Add(leaf.Object.Replace(':', ' '), $"Leaf {leaf.Idx} of the ledger is about it, and it is gone.");
        }
    }

    private void Check(MessageRow message)
    {
        var place = $"message {message.Id}";
        report.Expect(
            message.LeafObject == $"message:{message.Id}",
            "messages",
            place,
            "The ledger leaf that it names is not about it."
        );
        if (!message.StandsAsItsEntry)
        {
            report.Add(place, $"It is shown as {message.State}; its envelope does not say so.");
        }

        if (message.Wrapped is null)
        {
            report.Expect(
                message.IsErased,
                "messages erased",
                place,
                "Its key is gone, and no erasure is in the ledger."
            );
        }
        else if (seal is null)
        {
            report.Count("messages not opened for want of the master key");
        }
        else
        {
            Open(message, seal, place);
        }
    }

    private void Open(MessageRow row, ContentSeal with, string place)
    {
        byte[] line;
        try
        {
            line = FinalLine.Of(with.Open(row.DataKey, row.Wrapped, row.Sealed), row.Seq);
        }
        catch (CryptographicException)
        {
            report.Add(place, "Its content was altered, or belongs to another row.");
            return;
        }

        var hash = Hash.Of(line).ToString();
        report.Expect(
            hash == row.LineSha256 && (row.Sha256 is null || hash == row.Sha256),
            "message contents",
            place,
            "Its content is not what was sent or received."
        );
        if (row.MerkleLeaf is not null && MerkleTree.LeafHash(line).ToString() != row.MerkleLeaf)
        {
            report.Add(place, "Its content is not under its envelope's root.");
        }

        var message = Message.Parse(line);
        if (message.Ok && !row.Says(message.Value))
        {
            report.Add(place, "Its row does not say what it says.");
        }
    }

    private sealed class LeafRow
    {
        public long Idx { get; init; }
        public string Object { get; init; } = "";
    }
}
