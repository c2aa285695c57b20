using System.Collections.Frozen;
using Entente.Node.Profiles;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Links;

/// <summary>
/// The links of this node, for whoever needs to know with whom and under which terms one may exchange. Kept in memory;
/// read again after a change here, and within a second of a change by another instance or by the command line.
/// </summary>
internal sealed class LinkDirectory(Database database, LegalProfiles profiles, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Snapshot _snapshot = Snapshot.None;
    private int _changes;

    /// <summary>Raised when links were read anew: the courier starts and stops with them.</summary>
    public event Action? Changed;

    public async Task<Link?> FindAsync(string partner, CancellationToken cancellation) =>
        (await FindPartnerAsync(partner, cancellation))?.Link;

    public async Task<IReadOnlyList<Link>> ListAsync(CancellationToken cancellation) =>
        [.. (await CurrentAsync(cancellation)).All.Select(p => p.Link)];

    public async Task<LinkedPartner?> FindPartnerAsync(string partner, CancellationToken cancellation) =>
        (await CurrentAsync(cancellation)).ByPartner.GetValueOrDefault(partner);

    public async Task<IReadOnlyList<LinkedPartner>> ListPartnersAsync(CancellationToken cancellation) =>
        (await CurrentAsync(cancellation)).All;

    /// <summary>Whose certificate this is, whatever the state of the link. Takes the same time whichever matches.</summary>
    public async Task<LinkedPartner?> FindByCertificateAsync(Hash certificate, CancellationToken cancellation)
    {
        LinkedPartner? found = null;
        foreach (var candidate in (await CurrentAsync(cancellation)).All)
        {
            found = CertificatePin.Matches(candidate.Keys.Certificate, certificate) ? candidate : found;
        }

        return found;
    }

    /// <summary>Call in the transaction of every change to links: others see it once it is durable.</summary>
    public async Task ChangeAsync(Transaction transaction, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE setting SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE name = 'links.version'
            """;
        await transaction.RunAsync(sql, null, cancellation);
        transaction.AfterCommit(() =>
        {
            Interlocked.Increment(ref _changes);
            Changed?.Invoke();
        });
    }

    public void Dispose() => _reading.Dispose();

    private async Task<Snapshot> CurrentAsync(CancellationToken cancellation)
    {
        var seen = _snapshot;
        if (IsFresh(seen))
        {
            return seen;
        }

        await _reading.WaitAsync(cancellation);
        try
        {
            seen = _snapshot;
            return IsFresh(seen) ? seen : await ReadAsync(cancellation);
        }
        finally
        {
            _reading.Release();
        }
    }

    private bool IsFresh(Snapshot snapshot) =>
        snapshot.Changes == Volatile.Read(ref _changes) && clock.GetUtcNow() - snapshot.CheckedAt < Trusted;

    private async Task<Snapshot> ReadAsync(CancellationToken cancellation)
    {
        const string sql = "SELECT value FROM setting WHERE name = 'links.version'";
        var old = _snapshot;
        var changes = Volatile.Read(ref _changes);
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenAsync(cancellation);
        var version = await connection.OneAsync<string>(sql, null, cancellation);
        if (version == old.Version)
        {
            return _snapshot = old with { CheckedAt = now, Changes = changes };
        }

        var links = await LinkRows.ReadAsync(connection, null, partner: null, cancellation);
        var read = _snapshot = Snapshot.Of(version, now, changes, [.. links.Select(WithProfile)], old);
        if (old.Version is not null)
        {
            Changed?.Invoke();
        }

        return read;
    }

    private Link WithProfile(Link link) =>
        link with
        {
            ProfileHere = profiles.Find(link.Settings.ProfileId, link.Settings.ProfileVersion)?.Sha256,
        };

    private sealed record Snapshot(
        string? Version,
        DateTimeOffset CheckedAt,
        int Changes,
        IReadOnlyList<LinkedPartner> All,
        FrozenDictionary<string, LinkedPartner> ByPartner
    )
    {
        public static Snapshot None { get; } =
            new(null, DateTimeOffset.MinValue, 0, [], FrozenDictionary<string, LinkedPartner>.Empty);

        public static Snapshot Of(
            string? version,
            DateTimeOffset at,
            int changes,
            IReadOnlyList<Link> links,
            Snapshot old
        )
        {
            List<LinkedPartner> all = [.. links.Select(link => Partner(link, old))];
            return new Snapshot(version, at, changes, all, all.ToFrozenDictionary(p => p.Partner));
        }

        private static LinkedPartner Partner(Link link, Snapshot old)
        {
            var card = link.Card!; // Read from the database, where every link has one.
            var known = old.ByPartner.GetValueOrDefault(link.Partner);
            var keys = known?.Card.Sha256 == card.Sha256 ? known.Keys : new PartnerKeys(card);
            return new LinkedPartner(link, card, keys);
        }
    }
}
