using System.Text.Json;
using Entente.Node.Storage;

namespace Entente.Node.Features.Breach;

/// <summary>Reads breaches, and the notices of partners.</summary>
internal sealed class BreachBook(Database database, ContentSeal seal)
{
    /// <summary>More than these nobody has; the last ones.</summary>
    private const int Listed = 200;

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public Task<IReadOnlyList<BreachCase>> ListAsync(CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {BreachCase.Columns} FROM breach b WHERE b.erased_at IS NULL ORDER BY b.noticed_at DESC, b.id DESC LIMIT @Listed
            """;
        return database.ReadAsync(c => c.ListAsync<BreachCase>(sql, new { Listed }, cancellation), cancellation);
    }

    /// <summary>What partners told us of theirs, newest first.</summary>
    public Task<IReadOnlyList<BreachNoticeRow>> FromPartnersAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT message_id, direction, partner, breach_id, at, noticed_at, nature, messages FROM breach_notice
            WHERE direction = 'in' ORDER BY at DESC, message_id DESC LIMIT @Listed
            """;
        return database.ReadAsync(c => c.ListAsync<BreachNoticeRow>(sql, new { Listed }, cancellation), cancellation);
    }

    public async Task<BreachFile?> FindAsync(string id, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {BreachCase.Columns}, b.data_key, b.sealed, k.wrapped
            FROM breach b JOIN data_key k ON k.id = b.data_key WHERE b.id = @Id
            """;
        const string affected =
            "SELECT message_id, partner FROM breach_message WHERE breach_id = @Id ORDER BY message_id";
        // A notice says what became of its message: told is what the partner has acknowledged, and nothing before.
        const string notices = """
            SELECT n.message_id, n.direction, n.partner, n.breach_id, n.at, n.noticed_at, n.nature, n.messages,
                n.approval, COALESCE(d.delivered, CASE WHEN m.state = 'delivered' THEN m.delivered END) AS told_at,
                CASE
                    WHEN d.delivered IS NOT NULL OR m.state = 'delivered' THEN 'told'
                    WHEN m.state = 'rejected' THEN 'rejected'
                    WHEN m.id IS NOT NULL OR d.message IS NOT NULL THEN 'sent'
                    WHEN a.state = 'waiting' THEN 'waiting'
                    WHEN a.state IS NULL OR a.state = 'granted' THEN 'sent'
                    ELSE 'refused'
                END AS state
            FROM breach_notice n
            LEFT JOIN message m ON m.id = n.message_id
            LEFT JOIN kept_draft d ON d.message = n.message_id
            LEFT JOIN approval a ON a.id = n.approval
            WHERE n.breach_id = @Id AND n.direction = 'out' ORDER BY n.partner, n.at, n.message_id
            """;
        var values = new { Id = id };
        return await database.ReadAsync(
            async c =>
                await c.OneAsync<BreachCase>(sql, values, cancellation) is { } row
                    ? new BreachFile(
                        row,
                        Facts(row),
                        await c.ListAsync<AffectedMessage>(affected, values, cancellation),
                        await c.ListAsync<BreachNoticeRow>(notices, values, cancellation)
                    )
                    : null,
            cancellation
        );
    }

    private BreachFacts Facts(BreachCase row) =>
        JsonSerializer.Deserialize<BreachFacts>(seal.Open(row.DataKey, row.Wrapped, row.Sealed), Json)!; // We wrote it.
}
