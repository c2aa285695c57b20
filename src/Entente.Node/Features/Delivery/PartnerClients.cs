using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// One HTTP client a partner, its connections kept: our certificate is shown, and only the certificate on the partner's
/// card is accepted. A new card makes a new client.
/// </summary>
internal sealed class PartnerClients(NodeKeys keys, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<(string Partner, Hash Card, bool Files), HttpClient> _clients = new();

    private readonly ConcurrentDictionary<string, DateTimeOffset> _expiry = new(StringComparer.Ordinal);

    // Without a chain to build: the certificate vouches for itself.
    private readonly SslStreamCertificateContext _certificate = SslStreamCertificateContext.Create(
        keys.Certificate,
        additionalCertificates: null,
        offline: true
    );

    public HttpClient For(LinkedPartner partner) => For(partner, files: false);

    /// <summary>A connection of its own for chunks of files: on the messages' they would stand before them in line.</summary>
    public HttpClient ForFiles(LinkedPartner partner) => For(partner, files: true);

    /// <summary>When the certificate that the partner showed last expires; null before the first connection.</summary>
    public DateTimeOffset? CertificateExpires(string partner) =>
        _expiry.TryGetValue(partner, out var expires) ? expires : null;

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }

    /// <summary>
    /// A connection that stands was checked when it was made. It does not outlive the certificate that was shown on it:
    /// from then on every request makes a new one, which is refused until the partner shows another.
    /// </summary>
    private HttpClient For(LinkedPartner partner, bool files)
    {
        var key = (partner.Partner, partner.Card.Sha256, files);
        if (CertificateExpires(partner.Partner) is { } expires && clock.GetUtcNow() >= expires)
        {
            // Not disposed: requests under way end by themselves, and idle connections close after a while.
            _clients.TryRemove(key, out _);
        }

        return _clients.GetOrAdd(key, _ => Create(partner));
    }

    private HttpClient Create(LinkedPartner partner)
    {
        var expected = partner.Keys.Certificate;
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = ConnectPatience,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(30),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls13,
                ClientCertificateContext = _certificate,
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                    IsPinned(certificate, partner.Partner, expected),
            },
        };
        return new HttpClient(handler)
        {
            BaseAddress = new Uri(partner.Card.Endpoint.TrimEnd('/') + "/link/1/"),
            Timeout = Timeout.InfiniteTimeSpan, // Each request has its own.
            MaxResponseContentBufferSize = Jws.MaxLength,
        };
    }

    private bool IsPinned(X509Certificate? certificate, string partner, Hash expected)
    {
        if (
            certificate is not X509Certificate2 shown
            || !CertificatePin.Matches(expected, Hash.Of(shown.RawDataMemory.Span))
        )
        {
            return false;
        }

        _expiry[partner] = shown.NotAfter;
        return clock.GetUtcNow() < shown.NotAfter;
    }
}
