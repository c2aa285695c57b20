using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>Which files are on their way, and which instance of this node sends each.</summary>
internal sealed class UploadRows(Database database, Ids ids, TimeProvider clock)
{
    /// <summary>An instance that says nothing for so long has died; a slice takes less.</summary>
    private static readonly TimeSpan Claimed = TimeSpan.FromMinutes(2);

    private readonly string _instance = ids.New();

    public Task<IReadOnlyList<string>> PartnersAsync(CancellationToken cancellation)
    {
        const string sql = "SELECT DISTINCT partner FROM attachment WHERE state = 'sending'";
        return database.ReadAsync(c => c.ListAsync<string>(sql, null, cancellation), cancellation);
    }

    /// <summary>The file of the most urgent message that no other instance sends; null when there is none.</summary>
    public async Task<UploadRow?> ClaimAsync(string partner, CancellationToken cancellation)
    {
        const string next = """
            SELECT a.id, a.chunks FROM attachment a JOIN message m ON m.id = a.message_id
            WHERE a.partner = @Partner AND a.direction = 'out' AND a.state = 'sending'
              AND (a.claimed_by IS NULL OR a.claimed_by = @Instance OR a.claimed_until < @Now)
            ORDER BY m.priority, a.id LIMIT 1
            """;
        const string claim = """
            UPDATE attachment SET claimed_by = @Instance, claimed_until = @Until
            WHERE id = @Id AND partner = @Partner AND direction = 'out'
              AND (claimed_by IS NULL OR claimed_by = @Instance OR claimed_until < @Now)
            """;
        var now = clock.GetUtcNow();
        var by = new
        {
            Partner = partner,
            Instance = _instance,
            Now = now,
        };
        var row = await database.ReadAsync(c => c.OneAsync<UploadRow>(next, by, cancellation), cancellation);
        if (row is null)
        {
            return null;
        }

        var values = new
        {
            row.Id,
            Partner = partner,
            Instance = _instance,
            Now = now,
            Until = now + Claimed,
        };
        return await database.WriteAsync(t => t.RunAsync(claim, values, cancellation), cancellation) > 0 ? row : null;
    }

    public Task ArrivedAsync(string partner, string id, long done, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE attachment
            SET done = @Done, state = CASE WHEN @Done >= chunks THEN 'sent' ELSE 'sending' END
            WHERE partner = @Partner AND direction = 'out' AND id = @Id AND state = 'sending'
            """;
        var values = new
        {
            Partner = partner,
            Id = id,
            Done = done,
        };
        return database.WriteAsync(t => t.RunAsync(sql, values, cancellation), cancellation);
    }

    public Task AgainAsync(string partner, IReadOnlyList<string> files, CancellationToken cancellation)
    {
        var sql = $"""
            UPDATE attachment SET state = 'sending', done = 0
            WHERE partner = @Partner AND direction = 'out' AND id {database.Dialect.AmongIds}
            """;
        return database.WriteAsync(
            t => t.RunAsync(sql, new { Partner = partner, Ids = files.ToArray() }, cancellation),
            cancellation
        );
    }
}

internal sealed class UploadRow
{
    public required string Id { get; init; }
    public required long Chunks { get; init; }
}
