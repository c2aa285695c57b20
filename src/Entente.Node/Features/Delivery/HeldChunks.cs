using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// How much of this node's disk each partner fills with chunks whose message has not come. A partner that sends files and
/// never names them stops at its quota; what nobody named for long is swept away.
/// </summary>
internal sealed class HeldChunks(Database database, AttachmentFiles files, NodeOptions options)
{
    private readonly ConcurrentDictionary<string, Unnamed> _partners = new(StringComparer.Ordinal);

    /// <summary>Whether so much more may lie here; counts it when it may.</summary>
    /// <param name="counted">See <see cref="AttachmentFiles.Counted"/>.</param>
    public async Task<bool> TryAddAsync(string partner, Guid id, long counted, CancellationToken cancellation)
    {
        var unnamed = _partners.GetOrAdd(partner, _ => new Unnamed());
        await unnamed.Gate.WaitAsync(cancellation);
        try
        {
            unnamed.Files ??= await ScanAsync(partner, cancellation);
            if (unnamed.Total + counted > options.AttachmentQuota)
            {
                await ForgetNamedAsync(partner, unnamed.Files, cancellation);
                unnamed.Total = unnamed.Files.Values.Sum();
            }

            if (unnamed.Total + counted > options.AttachmentQuota)
            {
                return false;
            }

            unnamed.Files[id.ToString()] = unnamed.Files.GetValueOrDefault(id.ToString()) + counted;
            unnamed.Total += counted;
            return true;
        }
        finally
        {
            unnamed.Gate.Release();
        }
    }

    /// <summary>Whether a message that was taken names the file: then it is part of that message for good.</summary>
    public Task<bool> IsNamedAsync(string partner, Guid id, CancellationToken cancellation)
    {
        const string sql = """
            SELECT id FROM attachment WHERE id = @Id AND partner = @Partner AND direction = 'in' LIMIT 1
            """;
        return database.ReadAsync(
            async c =>
                await c.OneAsync<string>(sql, new { Id = id.ToString(), Partner = partner }, cancellation) is not null,
            cancellation
        );
    }

    /// <summary>Deletes what lies there since before that time and is named by nothing; returns how many files.</summary>
    public async Task<int> SweepAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var swept = 0;
        foreach (var side in files.Sides())
        {
            var old = files.Ids(side).Where(id => files.LastWritten(side, id) < before);
            foreach (var some in old.Chunk(200))
            {
                var unnamed = some.ToDictionary(id => id, _ => 0L);
                await ForgetNamedAsync(side, unnamed, cancellation);
                foreach (var id in unnamed.Keys)
                {
                    files.Delete(side, Guid.Parse(id));
                    swept++;
                }
            }

            _partners.TryRemove(side, out _); // Counted anew when it matters.
        }

        return swept;
    }

    private async Task<Dictionary<string, long>> ScanAsync(string partner, CancellationToken cancellation)
    {
        var unnamed = new Dictionary<string, long>();
        foreach (var some in files.Ids(partner).Chunk(200))
        {
            var here = some.ToDictionary(id => id, _ => 0L);
            await ForgetNamedAsync(partner, here, cancellation);
            foreach (var id in here.Keys)
            {
                unnamed[id] = files.Size(partner, Guid.Parse(id));
            }
        }

        return unnamed;
    }

    private async Task ForgetNamedAsync(string side, Dictionary<string, long> ids, CancellationToken cancellation)
    {
        var among = database.Dialect.AmongIds;
        var sql =
            side == AttachmentFiles.Outgoing
                ? $"SELECT DISTINCT id FROM attachment WHERE direction = 'out' AND id {among}"
                : $"SELECT DISTINCT id FROM attachment WHERE partner = @Partner AND direction = 'in' AND id {among}";
        foreach (var some in ids.Keys.Chunk(200).ToList())
        {
            var named = await database.ReadAsync(
                c => c.ListAsync<string>(sql, new { Partner = side, Ids = some }, cancellation),
                cancellation
            );
            foreach (var id in named)
            {
                ids.Remove(id);
            }
        }
    }

    [SuppressMessage(
        "Design",
        "CA1001",
        Justification = "A semaphore whose wait handle is never asked for holds nothing to free."
    )]
    private sealed class Unnamed
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        /// <summary>Bytes by file; null until it was counted.</summary>
        public Dictionary<string, long>? Files { get; set; }

        public long Total { get; set; }
    }
}
