using System.Data.Common;
using System.Security.Cryptography;
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
            SELECT m.id, m.line_sha256, m.data_key, m.sealed, k.wrapped, n.sha256, n.merkle_leaf, l.object AS leaf_object
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
        if (message.Wrapped is null)
        {
            report.Count("messages erased");
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

    private void Open(MessageRow message, ContentSeal with, string place)
    {
        byte[] line;
        try
        {
            line = with.Open(message.DataKey, message.Wrapped, message.Sealed);
        }
        catch (CryptographicException)
        {
            report.Add(place, "Its content was altered, or belongs to another row.");
            return;
        }

        var hash = Hash.Of(line).ToString();
        report.Expect(
            hash == message.LineSha256 && (message.Sha256 is null || hash == message.Sha256),
            "message contents",
            place,
            "Its content is not what was sent or received."
        );
        if (message.MerkleLeaf is not null && MerkleTree.LeafHash(line).ToString() != message.MerkleLeaf)
        {
            report.Add(place, "Its content is not under its envelope's root.");
        }
    }

    private sealed class MessageRow
    {
        public string Id { get; init; } = "";
        public string LineSha256 { get; init; } = "";
        public string DataKey { get; init; } = "";
        public byte[] Sealed { get; init; } = [];
        public byte[]? Wrapped { get; init; }
        public string? Sha256 { get; init; }
        public string? MerkleLeaf { get; init; }
        public string? LeafObject { get; init; }
    }
}
