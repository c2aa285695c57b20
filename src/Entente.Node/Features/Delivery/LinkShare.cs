using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Which links this instance of the node serves. Over PostgreSQL the instances share them evenly by leases, renewed every
/// few seconds; those of an instance that died are free a few seconds later. With SQLite there is one instance.
/// </summary>
internal sealed class LinkShare(Database database, Ids ids, TimeProvider clock)
{
    /// <summary>How long a silent instance keeps its links.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Often = TimeSpan.FromSeconds(2);

    private readonly string _me = ids.New();
    private IReadOnlySet<string> _mine = new HashSet<string>();

    // Not by the time of day, which may jump: leases not renewed are taken by others.
    private long? _renewed;

    /// <summary>Served here as far as is known; another instance may have the others.</summary>
    public bool Serves(string partner) => database.Engine == Engine.Sqlite || _mine.Contains(partner);

    /// <summary>Renews the leases and takes or gives up links until this instance has its share.</summary>
    /// <param name="active">Every link that somebody must serve.</param>
    public async Task<IReadOnlySet<string>> TakeAsync(IReadOnlySet<string> active, CancellationToken cancellation)
    {
        if (database.Engine == Engine.Sqlite)
        {
            return active;
        }

        var now = clock.GetTimestamp();
        if (_renewed is not { } last || clock.GetElapsedTime(last, now) >= Often || !active.IsSupersetOf(_mine))
        {
            _mine = await database.WriteAsync(t => ShareAsync(t, active, cancellation), cancellation);
            _renewed = now;
        }

        return _mine;
    }

    /// <summary>Gives all links up, so that the other instances need not wait for the leases to end.</summary>
    public async Task LeaveAsync(CancellationToken cancellation)
    {
        const string leases = "DELETE FROM link_lease WHERE instance = @Me";
        const string instance = "DELETE FROM node_instance WHERE id = @Me";
        if (database.Engine == Engine.Postgres)
        {
            await database.WriteAsync(
                async t =>
                {
                    await t.RunAsync(leases, new { Me = _me }, cancellation);
                    await t.RunAsync(instance, new { Me = _me }, cancellation);
                },
                cancellation
            );
        }
    }

    private async Task<IReadOnlySet<string>> ShareAsync(
        Transaction t,
        IReadOnlySet<string> active,
        CancellationToken cancellation
    )
    {
        var live = await BeatAsync(t, cancellation);
        var share = (int)Math.Ceiling((double)active.Count / live);
        var mine = await RenewAsync(t, active, cancellation);
        if (mine.Count > share)
        {
            var surplus = mine.Order(StringComparer.Ordinal).Skip(share).ToList();
            const string release = "DELETE FROM link_lease WHERE instance = @Me AND partner = ANY(@Surplus)";
            await t.RunAsync(release, new { Me = _me, Surplus = surplus }, cancellation);
            mine.ExceptWith(surplus);
        }
        else if (mine.Count < share)
        {
            mine.UnionWith(await ClaimAsync(t, active, share - mine.Count, cancellation));
        }

        return mine;
    }

    /// <summary>Says that this instance lives; returns how many do.</summary>
    private async Task<long> BeatAsync(Transaction t, CancellationToken cancellation)
    {
        const string beat = """
            INSERT INTO node_instance (id, until)
            VALUES (@Me, (extract(EPOCH FROM clock_timestamp()) * 1000)::BIGINT + @Lease)
            ON CONFLICT (id) DO UPDATE SET until = excluded.until
            """;
        const string forget = """
            DELETE FROM node_instance WHERE until < (extract(EPOCH FROM clock_timestamp()) * 1000)::BIGINT - 3600000
            """;
        const string count = """
            SELECT COUNT(*) FROM node_instance WHERE until > (extract(EPOCH FROM clock_timestamp()) * 1000)::BIGINT
            """;
        var values = new { Me = _me, Lease = (long)Lease.TotalMilliseconds };
        await t.RunAsync(beat, values, cancellation);
        await t.RunAsync(forget, null, cancellation);
        return Math.Max(1, await t.OneAsync<long>(count, null, cancellation));
    }

    private async Task<HashSet<string>> RenewAsync(
        Transaction t,
        IReadOnlySet<string> active,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE link_lease SET until = (extract(EPOCH FROM clock_timestamp()) * 1000)::BIGINT + @Lease
            WHERE instance = @Me AND partner = ANY(@Active)
            RETURNING partner
            """;
        var values = new
        {
            Me = _me,
            Active = active.ToList(),
            Lease = (long)Lease.TotalMilliseconds,
        };
        return [.. await t.ListAsync<string>(sql, values, cancellation)];
    }

    private Task<IReadOnlyList<string>> ClaimAsync(
        Transaction t,
        IReadOnlySet<string> active,
        int most,
        CancellationToken cancellation
    )
    {
        // Two instances may want the same one: whoever commits first has it, for the other's condition no longer holds.
        const string sql = """
            INSERT INTO link_lease (partner, instance, until)
            SELECT p, @Me, (extract(EPOCH FROM clock_timestamp()) * 1000)::BIGINT + @Lease
            FROM unnest(@Active) AS p LEFT JOIN link_lease l ON l.partner = p
            WHERE l.until IS NULL OR l.until < (extract(EPOCH FROM clock_timestamp()) * 1000)::BIGINT
            ORDER BY p LIMIT @Most
            ON CONFLICT (partner) DO UPDATE SET instance = excluded.instance, until = excluded.until
            WHERE link_lease.until < (extract(EPOCH FROM clock_timestamp()) * 1000)::BIGINT
            RETURNING partner
            """;
        var values = new
        {
            Me = _me,
            Active = active.ToList(),
            Lease = (long)Lease.TotalMilliseconds,
            Most = most,
        };
        return t.ListAsync<string>(sql, values, cancellation);
    }
}
