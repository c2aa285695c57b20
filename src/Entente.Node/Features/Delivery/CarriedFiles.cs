using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>The files of messages without a receipt: they must be with the partner before their envelope is.</summary>
internal sealed class CarriedFiles(Database database)
{
    /// <summary>
    /// What a carrier takes along. Their messages no longer wait for the wire: should it be the wire that brings them, the
    /// partner says that it misses the files, and they are sent there too.
    /// </summary>
    public Task<IReadOnlyList<CarriedFile>> TakeAlongAsync(string partner, CancellationToken cancellation)
    {
        const string carried = """
            UPDATE attachment SET state = 'sent' WHERE partner = @Partner AND direction = 'out' AND state = 'sending'
            """;
        const string sql = """
            SELECT DISTINCT a.id, a.chunks
            FROM message m JOIN attachment a ON a.message_id = m.id AND a.direction = 'out'
            WHERE m.partner = @Partner AND m.state IN ('queued', 'sealed')
            ORDER BY a.id
            """;
        return database.WriteAsync(
            async t =>
            {
                await t.RunAsync(carried, new { Partner = partner }, cancellation);
                return await t.ListAsync<CarriedFile>(sql, new { Partner = partner }, cancellation);
            },
            cancellation
        );
    }
}

internal sealed class CarriedFile
{
    public required string Id { get; init; }
    public required long Chunks { get; init; }
}
