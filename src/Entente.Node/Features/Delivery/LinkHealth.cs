using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>How a link does, for the pages that show it.</summary>
internal sealed record LinkStanding
{
    public required string Partner { get; init; }

    /// <summary>When the partner last gave us a receipt.</summary>
    public DateTimeOffset? ContactAt { get; init; }

    /// <summary>How far the partner's clock is ahead of ours, in milliseconds.</summary>
    public long? SkewMs { get; init; }

    /// <summary>When the certificate that the partner showed last expires.</summary>
    public DateTimeOffset? CertificateExpires { get; init; }

    /// <summary>Attempts that failed since the last success; 0 is well.</summary>
    public int Failures { get; init; }
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>`ConnectionError`, `certificate`, `timeout`, `403-link-not-active`, …</summary>
    public string? Failure { get; init; }

    /// <summary>Messages without a receipt, as their officers see them: what is kept counts as if it were on its way.</summary>
    public long Waiting { get; init; }

    /// <summary>When the longest waiting of them was queued.</summary>
    public DateTimeOffset? WaitingSince { get; init; }
}

internal sealed class LinkHealth(Database database)
{
    public Task<IReadOnlyList<LinkStanding>> ListAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT l.partner, h.contact_at, h.skew_ms, h.certificate_expires, COALESCE(h.failures, 0) AS failures, h.failed_at, h.failure,
              COALESCE(w.waiting, 0) AS waiting, w.waiting_since
            FROM link l
            LEFT JOIN link_health h ON h.partner = l.partner
            LEFT JOIN (
              SELECT partner, COUNT(*) AS waiting, MIN(at) AS waiting_since
              FROM (
                SELECT m.partner, m.at FROM message m WHERE m.state IN ('queued', 'sealed')
                AND NOT EXISTS (SELECT 1 FROM kept_draft d WHERE d.message = m.id)
                UNION ALL
                SELECT partner, at FROM kept_draft WHERE delivered IS NULL
              ) all_waiting GROUP BY partner
            ) w ON w.partner = l.partner
            ORDER BY l.partner
            """;
        return database.ReadAsync(c => c.ListAsync<LinkStanding>(sql, null, cancellation), cancellation);
    }
}
