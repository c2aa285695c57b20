using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>How the link to a partner does: last contact, its clock, what failed last.</summary>
internal static class LinkHealthRows
{
    public static Task ContactAsync(
        Transaction transaction,
        string partner,
        LinkContact contact,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO link_health (partner, contact_at, skew_ms, certificate_expires, failures)
            VALUES (@Partner, @At, @Skew, @Expires, 0)
            ON CONFLICT (partner) DO UPDATE
            SET contact_at = excluded.contact_at,
              skew_ms = COALESCE(excluded.skew_ms, link_health.skew_ms),
              certificate_expires = COALESCE(excluded.certificate_expires, link_health.certificate_expires),
              failures = 0
            """;
        object?[] values =
        [
            partner,
            contact.At.ToUnixTimeMilliseconds(),
            (long?)contact.Skew?.TotalMilliseconds,
            contact.CertificateExpires?.ToUnixTimeMilliseconds(),
        ];
        return Bulk.ExecuteAsync(transaction, sql, ["Partner", "At", "Skew", "Expires"], [values], cancellation);
    }

    public static Task FailureAsync(
        Transaction transaction,
        string partner,
        DateTimeOffset at,
        string failure,
        int failures,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO link_health (partner, failures, failed_at, failure) VALUES (@Partner, @Failures, @At, @Failure)
            ON CONFLICT (partner) DO UPDATE
            SET failures = excluded.failures, failed_at = excluded.failed_at, failure = excluded.failure
            """;
        var values = new
        {
            Partner = partner,
            At = at,
            Failure = failure,
            Failures = failures,
        };
        return transaction.RunAsync(sql, values, cancellation);
    }
}

/// <summary>What a receipt tells about the link besides the messages.</summary>
internal sealed record LinkContact(DateTimeOffset At, TimeSpan? Skew, DateTimeOffset? CertificateExpires);
