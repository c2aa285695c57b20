using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>Which files are on their way.</summary>
internal sealed class UploadRows(Database database)
{
    public Task<IReadOnlyList<string>> PartnersAsync(CancellationToken cancellation)
    {
        const string sql = "SELECT DISTINCT partner FROM attachment WHERE state = 'sending'";
        return database.ReadAsync(c => c.ListAsync<string>(sql, null, cancellation), cancellation);
    }

    /// <summary>The file of the most urgent message; null when there is none.</summary>
    public Task<UploadRow?> NextAsync(string partner, CancellationToken cancellation)
    {
        const string sql = """
            SELECT a.id, a.chunks FROM attachment a JOIN message m ON m.id = a.message_id
            WHERE a.partner = @Partner AND a.direction = 'out' AND a.state = 'sending'
            ORDER BY m.priority, a.id LIMIT 1
            """;
        return database.ReadAsync(
            c => c.OneAsync<UploadRow>(sql, new { Partner = partner }, cancellation),
            cancellation
        );
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
