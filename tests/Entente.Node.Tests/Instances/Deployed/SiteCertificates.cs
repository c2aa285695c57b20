using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Entente.Node.Storage;

namespace Entente.Node.Tests.Instances.Deployed;

/// <summary>A site's own authority and one certificate for all of its servers, which is also their certificate as clients.</summary>
internal static class SiteCertificates
{
    public static void WriteTo(string folder)
    {
        var now = TimeProvider.System.GetUtcNow();
        var (from, to) = (now.AddHours(-1), now.AddDays(2));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Site", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = authority.CreateSelfSigned(from, to);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        server.CertificateExtensions.Add(names.Build());
        Oid[] uses = [new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")]; // RFC 5280 4.2.1.12: server, client.
        server.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. uses], critical: false));
        using var certificate = server.Create(root, from, to, [1]);

        var (chain, secret) = (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, "ca.crt"), root.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.crt"), chain);
        PrivateFile.Write(Path.Combine(folder, "server.key"), Encoding.ASCII.GetBytes(secret));
        PrivateFile.Write(Path.Combine(folder, "pages.pem"), Encoding.ASCII.GetBytes($"{chain}\n{secret}"));
    }
}
