using System.Data.Common;
using Entente.Node.Features.Links;
using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Sends the chunks of files that travel apart, one a step, so that an urgent message waits for one chunk at most. What
/// has arrived is remembered through a restart.
/// </summary>
internal sealed class AttachmentUpload(Database database, AttachmentFiles files, PartnerDoor door)
{
    /// <returns>Null when no chunk waits; otherwise whether the next one went through.</returns>
    public async Task<CourierStep?> StepAsync(LinkedPartner partner, CancellationToken cancellation)
    {
        var next = await database.ReadAsync(c => NextAsync(c, partner.Partner, cancellation), cancellation);
        if (next is null)
        {
            return null;
        }

        var id = Guid.Parse(next.Id);
        var path = files.PathOf(AttachmentFiles.Outgoing, id, next.Done);
        var bytes = await File.ReadAllBytesAsync(path, cancellation);
        if (await door.PutChunkAsync(partner, id, next.Done, bytes, cancellation) is { } failed)
        {
            return CourierStep.Failed(failed.Failure, failed.After);
        }

        await database.WriteAsync(t => ArrivedAsync(t, partner.Partner, next, cancellation), cancellation);
        return CourierStep.Progress;
    }

    /// <summary>The partner says that it misses files: they are sent again from the start.</summary>
    public Task AgainAsync(LinkedPartner partner, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var sql = $"""
            UPDATE attachment SET state = 'sending', done = 0
            WHERE partner = @Partner AND direction = 'out' AND id {database.Dialect.AmongIds}
            """;
        return database.WriteAsync(
            t => t.RunAsync(sql, new { partner.Partner, Ids = ids.ToArray() }, cancellation),
            cancellation
        );
    }

    private static Task<Row?> NextAsync(DbConnection connection, string partner, CancellationToken cancellation)
    {
        const string sql = """
            SELECT id, chunks, done FROM attachment
            WHERE partner = @Partner AND direction = 'out' AND state = 'sending'
            ORDER BY id LIMIT 1
            """;
        return connection.OneAsync<Row>(sql, new { Partner = partner }, cancellation);
    }

    private static Task<int> ArrivedAsync(
        Transaction transaction,
        string partner,
        Row row,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE attachment
            SET done = @Done, state = CASE WHEN @Done >= chunks THEN 'sent' ELSE 'sending' END
            WHERE partner = @Partner AND direction = 'out' AND id = @Id
            """;
        var values = new
        {
            Partner = partner,
            row.Id,
            Done = row.Done + 1,
        };
        return transaction.RunAsync(sql, values, cancellation);
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public required long Chunks { get; init; }
        public required long Done { get; init; }
    }
}
