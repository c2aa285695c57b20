using System.Text.Json;
using Entente.Node.Storage;

namespace Entente.Node.Features.Rights;

/// <summary>Reads the register.</summary>
internal sealed class RightsBook(Database database, ContentSeal seal)
{
    private const int Listed = 200;

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The open ones, first due first; or those that were answered, the last first.</summary>
    public Task<IReadOnlyList<RightsRequest>> ListAsync(bool open, CancellationToken cancellation)
    {
        const string waiting = $"""
            SELECT {RightsRequest.Columns} FROM rights_request q WHERE q.open = TRUE ORDER BY q.due_at, q.id LIMIT @Listed
            """;
        const string answered = $"""
            SELECT {RightsRequest.Columns} FROM rights_request q WHERE q.open = FALSE AND q.erased_at IS NULL
            ORDER BY q.due_at DESC, q.id DESC LIMIT @Listed
            """;
        return database.ReadAsync(
            c => c.ListAsync<RightsRequest>(open ? waiting : answered, new { Listed }, cancellation),
            cancellation
        );
    }

    public Task<RightsFile?> FindAsync(string id, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {RightsRequest.Columns}, q.data_key, q.sealed, k.wrapped
            FROM rights_request q JOIN data_key k ON k.id = q.data_key WHERE q.id = @Id
            """;
        return database.ReadAsync(
            async c =>
                await c.OneAsync<RightsRequest>(sql, new { Id = id }, cancellation) is { } row
                    ? new RightsFile(row, Facts(row))
                    : null,
            cancellation
        );
    }

    private RightsFacts Facts(RightsRequest row) =>
        JsonSerializer.Deserialize<RightsFacts>(seal.Open(row.DataKey, row.Wrapped, row.Sealed), Json)!; // We wrote it.
}
